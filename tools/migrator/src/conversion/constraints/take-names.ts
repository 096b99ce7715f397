/**
 * A partition that is made while a partitioned table has both sides gets both from it, with names that Postgres chooses. Here those of the
 * counterparts become what their originals say, as in all other tables, so that a switch can exchange them.
 */
import { escapeIdentifier } from 'pg';
import type { ConstraintFacts, IndexFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import { runLocked } from '../with-lock';
import type { Counterparts } from './counterparts';
import { isPartition } from './plain-objects';
import { counterpartName } from './sides';

type Named = Pick<IndexFacts | ConstraintFacts, 'name' | 'parent'>;
type Kind = 'indexes' | 'constraints';

/** Of partitions of all levels. @param tables with their partitions */
export async function takeNames(tables: readonly Counterparts[]): Promise<void> {
  for (const counterparts of tables) {
    const { database, conversion, table, plain } = counterparts;
    const schema = escapeIdentifier(table.schema);
    const statements = [
      // Of a constraint's index: the constraint is renamed with it.
      ...renames(counterparts, 'indexes', plain.indexes, tables).map(
        ([from, to]) => `ALTER INDEX ${schema}.${from} RENAME TO ${to}`,
      ),
      ...renames(counterparts, 'constraints', plain.foreignKeys, tables).map(
        ([from, to]) => `ALTER TABLE ${quotedTable(table.name)} RENAME CONSTRAINT ${from} TO ${to}`,
      ),
    ];
    if (statements.length === 0) continue;
    await runLocked(database, { conversion: conversion.name, what: `${table.name}: names` }, statements);
  }
}

function renames(
  counterparts: Counterparts,
  kind: Kind,
  originals: readonly Named[],
  tables: readonly Counterparts[],
): readonly (readonly [from: string, to: string])[] {
  return originals.flatMap((original) => {
    const is = nameOfCounterpart(counterparts, kind, original, tables);
    const shallBe = counterpartName(original.name, counterparts.shape);
    return is === undefined || is === shallBe ? [] : [[escapeIdentifier(is), escapeIdentifier(shallBe)]];
  });
}

/** As the facts have it: where the parent's counterpart is another name, that of the partition hangs on it all the same. */
function nameOfCounterpart(
  { table, shape }: Counterparts,
  kind: Kind,
  { name, parent }: Named,
  tables: readonly Counterparts[],
): string | undefined {
  if (!isPartition(table) || parent === null) return counterpartName(name, shape);
  const above = tables.find((each) => each.table.name === table.partitionOf);
  const original = above?.table[kind].find((each) => each.name === parent);
  if (above === undefined || original === undefined) return undefined;
  const counterpart = nameOfCounterpart(above, kind, original, tables);
  return table[kind].find((each) => each.parent === counterpart && counterpart !== undefined)?.name;
}
