import { escapeIdentifier } from 'pg';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { quotedTable } from '../names';
import { discardPrebuiltViews } from '../switch/prepare-switch';
import type { Shape } from '../twins';
import { runLocked, withLock } from '../with-lock';
import { dropIndexOnline } from './build-index';
import { counterpartsByTable, type Counterparts } from './counterparts';
import { constraintState } from './live-objects';
import { isPartition, isPartitioned } from './plain-objects';
import { counterpartName, displacedName } from './sides';

/** Takes back what `makeCounterparts` and the preparation of a switch made, in the shape in which they made it; for `down`. */
export async function dropCounterparts(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): Promise<void> {
  await discardPrebuiltViews(database, conversion, facts, shape);
  // What a partition has from its parent goes with the parent's, so that comes first.
  const tables = [...counterpartsByTable(database, conversion, facts, shape)].reverse();
  // The foreign keys first, of all tables: they hold the indexes that they point at.
  for (const table of tables) await dropConstraints(table, table.plain.foreignKeys);
  for (const table of tables) {
    const { plain } = table;
    await dropConstraints(table, [...plain.uniques, ...plain.checks, ...plain.exclusions]);
    for (const { name, schema } of plain.statistics) {
      const twin = escapeIdentifier(counterpartName(name, shape));
      await database.query(`DROP STATISTICS IF EXISTS ${escapeIdentifier(schema)}.${twin}`);
    }
    const spare = plain.primaryKey && displacedName(plain.primaryKey.name, shape);
    const indexes = plain.indexes.map(({ name }) => counterpartName(name, shape));
    for (const name of spare === undefined ? indexes : [...indexes, spare]) {
      await dropIndex(table, name);
    }
    await allowMissingValues(table);
  }
}

async function dropIndex({ database, conversion, table }: Counterparts, name: string): Promise<void> {
  if (!isPartitioned(table)) return dropIndexOnline(database.query, table.name, name);
  // Those of the partitions with it: Postgres has no CONCURRENTLY for them.
  const index = `${escapeIdentifier(table.schema)}.${escapeIdentifier(name)}`;
  const work = { conversion: conversion.name, what: `${table.name}: without ${name}` };
  return runLocked(database, work, [`DROP INDEX IF EXISTS ${index}`]);
}

async function dropConstraints(
  { database, conversion, table, shape }: Counterparts,
  constraints: readonly { readonly name: string }[],
): Promise<void> {
  for (const { name } of constraints) {
    const twin = counterpartName(name, shape);
    if ((await constraintState(database.query, table.name, twin)) === 'missing') continue;
    await withLock(
      database,
      { conversion: conversion.name, what: `${table.name}: without ${twin}` },
      async (query) => {
        await query(
          `ALTER TABLE ${quotedTable(table.name)} DROP CONSTRAINT IF EXISTS ${escapeIdentifier(twin)}`,
        );
      },
    );
  }
}

async function allowMissingValues({ database, conversion, table, twins }: Counterparts): Promise<void> {
  if (isPartition(table)) return;
  const columns = table.columns.filter(({ name, notNull }) => notNull && [...twins.values()].includes(name));
  for (const { name } of columns) {
    await withLock(
      database,
      { conversion: conversion.name, what: `${table.name}.${name}: NULL` },
      async (query) => {
        await query(
          `ALTER TABLE ${quotedTable(table.name)} ALTER COLUMN ${escapeIdentifier(name)} DROP NOT NULL`,
        );
      },
    );
  }
}
