/** The steps that all kinds of counterparts share, and what they work on. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import type { ConstraintFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import type { Shape } from '../twins';
import { withLock } from '../with-lock';
import { constraintState } from './live-objects';
import { sidedTables, type SidedTable } from './plain-objects';
import { runOnline, withRetries } from './run-online';
import { counterpartName } from './sides';

/** Of one table or partition. */
export interface Counterparts extends SidedTable {
  readonly database: ConversionDatabase;
  readonly conversion: IdConversion;
  /** As of now: what the names mean depends on it. */
  readonly shape: Shape;
}

/** The tables in the order of the declaration, each one after its partitions. */
export function counterpartsByTable(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): readonly Counterparts[] {
  return sidedTables(conversion, facts, shape).map((sided) => ({ ...sided, database, conversion, shape }));
}

/** @param definition everything that is slow about it left for later */
export async function addConstraint(
  { database, conversion, table, shape }: Counterparts,
  { name, comment }: ConstraintFacts,
  definition: string,
): Promise<void> {
  const twin = counterpartName(name, shape);
  if ((await constraintState(database.query, table.name, twin)) !== 'missing') return;
  const relation = quotedTable(table.name);
  await withLock(database, { conversion: conversion.name, what: `${table.name}: ${twin}` }, async (query) => {
    await query(`ALTER TABLE ${relation} ADD CONSTRAINT ${escapeIdentifier(twin)} ${definition}`);
    if (comment === null) return;
    await query(
      `COMMENT ON CONSTRAINT ${escapeIdentifier(twin)} ON ${relation} IS ${escapeLiteral(comment)}`,
    );
  });
}

/** Proves a constraint for the rows that were there before it, when its original is proven. Nobody waits meanwhile. */
export async function validateConstraint(
  { database, table, shape }: Counterparts,
  { name, validated, isEnforced }: ConstraintFacts,
): Promise<void> {
  const twin = counterpartName(name, shape);
  if (!validated || !isEnforced) return;
  if ((await constraintState(database.query, table.name, twin)) === 'proven') return;
  await withRetries(() =>
    runOnline(
      database.query,
      `ALTER TABLE ${quotedTable(table.name)} VALIDATE CONSTRAINT ${escapeIdentifier(twin)}`,
    ),
  );
}

/** DEFERRABLE and the like, as the constraint is; with a space before it. */
export const deferring = ({ deferrable, initiallyDeferred }: ConstraintFacts) =>
  (deferrable ? ' DEFERRABLE' : '') + (initiallyDeferred ? ' INITIALLY DEFERRED' : '');
