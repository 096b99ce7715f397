/** All that a switch needs and that takes time: after it, the switch itself only changes names. */
import { buildIndex } from '../constraints/build-index';
import { counterpartsByTable } from '../constraints/counterparts';
import { makeCounterparts } from '../constraints/make-counterparts';
import { runOnline } from '../constraints/run-online';
import { displacedName } from '../constraints/sides';
import { indexTail } from '../constraints/split-definition';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import type { ViewFacts } from '../inspect/view-facts';
import { joinPieces } from '../inspect/view-query';
import { quotedTable } from '../names';
import type { Shape } from '../twins';
import { withLock } from '../with-lock';
import { swapColumns, swapColumnsBack } from './column-swap';
import { lockTables } from './lock-tables';
import { createView, dropView, namesIn, quotedView, renameView, viewSwap } from './view-swap';

/**
 * Makes what is missing of the counterparts, a spare of every primary key that will be displaced, and the materialized views of the other
 * side. Repeatable.
 * @param from the shape that the database has, and that the facts were read in
 */
export async function prepareSwitch(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  from: Shape,
): Promise<void> {
  await makeCounterparts(database, conversion, facts, from);
  for (const { table, plain } of counterpartsByTable(database, conversion, facts, from)) {
    if (plain.primaryKey === undefined) continue;
    const { name, definition } = plain.primaryKey;
    await buildIndex(database.query, {
      table: table.name,
      name: displacedName(name, from),
      unique: true,
      tail: indexTail(definition),
    });
  }
  await prebuildViews(database, conversion, facts, from);
}

/**
 * Inside one short transaction, which nobody else sees, the columns have their new names already: the views are made by their own texts,
 * and everything gets its old name again.
 */
async function prebuildViews(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  from: Shape,
): Promise<void> {
  const { prebuilt } = viewSwap(facts.views, from);
  if (prebuilt.length === 0) return;
  const { plain, counterpart, displaced } = namesIn(from);
  const statements = [
    lockTables(conversion, facts, []),
    ...[...prebuilt].reverse().map((view) => dropView(view, counterpart(view.relation))),
    ...swapColumns(conversion, from),
    ...prebuilt.flatMap((view) => renameView(view, { from: plain, to: displaced })),
    ...prebuilt.flatMap((view) => createView(withoutKeys(view), facts.session.role)),
    ...prebuilt.flatMap((view) => renameView(view, { from: plain, to: counterpart })),
    ...prebuilt.flatMap((view) => renameView(view, { from: displaced, to: plain })),
    ...swapColumnsBack(conversion, from),
  ];
  await withLock(
    database,
    { conversion: conversion.name, what: 'materialized views of the other side' },
    async (query) => {
      await query(statements.join(';\n'));
    },
  );
  for (const view of prebuilt.filter(({ isMaterialized, isPopulated }) => isMaterialized && isPopulated)) {
    const name = quotedView(view, counterpart(view.relation));
    await runOnline(database.query, `REFRESH MATERIALIZED VIEW ${name}`);
    await runOnline(database.query, `ANALYZE ${name}`);
  }
}

/** The primary key is still that of the other columns, so a GROUP BY cannot lean on it. */
const withoutKeys = (view: ViewFacts): ViewFacts => ({
  ...view,
  definition: joinPieces(view.pieces, quotedTable),
});

/** Takes back the views that were built for a switch that did not come. @param shape that the database has */
export async function discardPrebuiltViews(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): Promise<void> {
  const { prebuilt } = viewSwap(facts.views, shape);
  if (prebuilt.length === 0) return;
  const { counterpart } = namesIn(shape);
  const drops = [...prebuilt].reverse().map((view) => dropView(view, counterpart(view.relation)));
  const work = { conversion: conversion.name, what: 'materialized views of the other side: dropped' };
  await withLock(database, work, async (query) => {
    await query(drops.join(';\n'));
  });
}
