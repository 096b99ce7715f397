/** NOT NULL of references again, which `relaxNotNull` has taken away for the time of the conversion. */
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { dropHalfCheck, relaxedReferences } from '../pairing/relax-not-null';
import type { Shape } from '../twins';
import { runLocked } from '../with-lock';
import { requireValues } from './require-values';

/**
 * On the half that the service keeps: `shape`. The check that one of the halves is there goes when NOT NULL says more, so a run that was
 * broken off knows by it what is left to do.
 * @throws MigratorError CONVERSION_INCOMPLETE where a row has not got that half; LOCK_NOT_OBTAINED
 */
export async function restoreNotNull(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): Promise<void> {
  for (const { table, twin } of relaxedReferences(conversion, facts, shape)) {
    await requireValues(database, conversion.name, table.table, twin.names[shape]);
    const work = {
      conversion: conversion.name,
      what: `${table.table}.${twin.column}: no check of its halves`,
    };
    await runLocked(database, work, [dropHalfCheck(twin)]);
  }
}
