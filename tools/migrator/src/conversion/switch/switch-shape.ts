/**
 * The room `switch` owns the moment in which plain names change their meaning, from numbers to UUIDs or back, and the contract that
 * ends the numbers, with its way back. It does not own the two sides themselves (`pairing`, `constraints`), which are both whole before
 * and after: the switch gives each the other's names.
 *
 *   prepare    takes time, and nobody waits: counterparts, spares, materialized views
 *   switch     one transaction of some milliseconds: locks, names, keys, policies, views, the pairing's functions
 *   finish     takes time, and nobody waits: the foreign keys that went with the old primary keys come back
 *
 * The way back is the same with the shapes exchanged. Broken off anywhere, it is run again from its beginning.
 *
 * The views in the schemas `legacy` and `uuid_ids` are not touched: they are bound to columns, and go on showing the side that they show.
 */
import { sidedTables } from '../constraints/plain-objects';
import { makeCounterparts } from '../constraints/make-counterparts';
import { otherShape, twinColumns } from '../constraints/sides';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { readFacts } from '../inspect/read-facts';
import { readShape, writeShape } from '../state/conversions';
import type { Shape } from '../twins';
import { withLock } from '../with-lock';
import { swapColumns } from './column-swap';
import { dropForeignKeysToOldKeys, swapIndexColumns, swapNames, swapPrimaryKey } from './constraint-swap';
import { alterPolicy, followNames, policiesToFollow } from './follow-names';
import { lockTables } from './lock-tables';
import { discardPrebuiltViews, prepareSwitch } from './prepare-switch';
import { createView, dropView, namesIn, renameView, viewSwap } from './view-swap';

/** What others have to do within the switch's transaction, after the columns have their new names. */
export type WithinSwitch = (facts: ConversionFacts, to: Shape) => readonly string[];

/**
 * Gives the database the shape `to`. Does nothing but finish when it has that shape.
 * @param within the functions of the pairing for that shape; milliseconds only
 * @throws MigratorError CONVERSION_INCOMPLETE, LOCK_NOT_OBTAINED, EXCLUSION_CONSTRAINT_TOO_LARGE
 */
export async function switchShape(
  database: ConversionDatabase,
  conversion: IdConversion,
  to: Shape,
  within: WithinSwitch,
): Promise<void> {
  const from = otherShape(to);
  if ((await readShape(database.query, conversion.name)) === from) {
    await prepareSwitch(database, conversion, await readFacts(database.query, conversion), from);
    const facts = await readFacts(database.query, conversion);
    // One message: each further one would be a moment in which clients wait for the network.
    const statements = switchStatements(conversion, facts, from, within(facts, to)).join(';\n');
    await withLock(database, { conversion: conversion.name, what: `the switch to ${to}` }, async (query) => {
      await query(statements);
      await writeShape(query, conversion.name, to);
    });
  }
  await finishSwitch(database, conversion, to);
}

/** Pure. @param facts after `prepareSwitch` */
export function switchStatements(
  conversion: IdConversion,
  facts: ConversionFacts,
  from: Shape,
  within: readonly string[],
): readonly string[] {
  const twins = twinColumns(conversion, from);
  const tables = sidedTables(conversion, facts, from);
  const { remade, prebuilt } = viewSwap(facts.views, from);
  const policies = policiesToFollow(facts, twins);
  const { plain, counterpart, displaced } = namesIn(from);
  return [
    lockTables(
      conversion,
      facts,
      remade,
      policies.map(({ table }) => table),
    ),
    ...[...remade].reverse().map((view) => dropView(view)),
    // What leans on a primary key would hold it.
    ...(prebuilt.some(({ leansOnKey }) => leansOnKey)
      ? [...prebuilt].reverse().map((view) => dropView(view))
      : prebuilt.flatMap((view) => renameView(view, { from: plain, to: displaced }))),
    ...prebuilt.flatMap((view) => renameView(view, { from: counterpart, to: plain })),
    ...dropForeignKeysToOldKeys(tables),
    ...swapColumns(conversion, from),
    ...tables.flatMap((table) => swapPrimaryKey(table, from)),
    ...tables.flatMap((table) => swapIndexColumns(table, from)),
    ...tables.flatMap((table) => swapNames(tables, table, from)),
    ...tables.flatMap((table) => followNames(table, table.twins)),
    ...policies.map(alterPolicy),
    ...within,
    ...remade.flatMap((view) => createView(view, facts.session.role)),
  ];
}

async function finishSwitch(
  database: ConversionDatabase,
  conversion: IdConversion,
  shape: Shape,
): Promise<void> {
  const facts = await readFacts(database.query, conversion);
  // Those of the side that was displaced.
  await discardPrebuiltViews(database, conversion, facts, shape);
  await makeCounterparts(database, conversion, facts, shape);
}
