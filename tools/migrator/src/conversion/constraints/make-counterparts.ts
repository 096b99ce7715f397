/**
 * The room `constraints` owns what hangs on converted columns: for every index, unique rule, key, check, exclusion constraint, foreign
 * key, extended statistics and NOT NULL of a plain column it makes the same on the twin, while everybody reads and writes. It does not
 * own the columns (`pairing`), their values (`backfill`), or who of the two has the plain name (`switch`).
 *
 * Everything here looks at what is there before it does something, so it can be broken off anywhere and run again, and it works in both
 * shapes: before the switch it makes the side of the UUIDs, after it whatever the side of the numbers lost, and after the way back from
 * the contract all of that side. See sides.ts for the names, and gather-partitions.ts for partitioned tables.
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import { useDefaultPath } from '../../catalog/read-catalog';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import { MigratorError } from '../../errors';
import type { ConversionFacts } from '../inspect/facts';
import { readFacts } from '../inspect/read-facts';
import type { ConstraintFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import type { Shape } from '../twins';
import { buildIndex } from './build-index';
import { excludeOnTwins } from './exclude-on-twins';
import { foreignKeyDefinition } from './foreign-key-definition';
import {
  addConstraint,
  counterpartsByTable,
  deferring,
  validateConstraint,
  type Counterparts,
} from './counterparts';
import { gatherForeignKey, gatherIndex, gatherUnique, type Gathering } from './gather-partitions';
import { hasStatistics } from './live-objects';
import { isPartition, isPartitioned } from './plain-objects';
import { requireValues } from './require-values';
import { runOnline } from './run-online';
import { counterpartName, twinColumns, type TwinColumns } from './sides';
import { takeNames } from './take-names';
import { twinDefinitions, type TwinDefinitions } from './twin-definitions';

/** So often partitions may come while the counterparts of those before them are made. */
const ROUNDS = 20;

/**
 * Makes all counterparts that are missing. The twins are filled by now.
 * @param facts read in this shape
 * @throws MigratorError CONVERSION_INCOMPLETE when a twin is not filled, and when partitions keep coming; LOCK_NOT_OBTAINED;
 *   EXCLUSION_CONSTRAINT_TOO_LARGE
 */
export async function makeCounterparts(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): Promise<void> {
  await useDefaultPath(database.query);
  const allTwins = twinColumns(conversion, shape);
  let tables = counterpartsByTable(database, conversion, facts, shape);
  for (let round = 1; !(await makeAll(tables, allTwins)); round++) {
    if (round === ROUNDS) throw partitionsKeepComing(database, conversion);
    const now = await readFacts(database.query, conversion);
    tables = counterpartsByTable(database, conversion, now, shape);
  }
}

async function makeAll(
  tables: readonly Counterparts[],
  allTwins: ReadonlyMap<string, TwinColumns>,
): Promise<boolean> {
  await takeNames(tables);
  for (const table of tables) if (!(await makeOfTable(table))) return false;
  // A foreign key points at an index of another table, or of its own: all of them are there now.
  for (const table of tables) {
    for (const foreignKey of table.plain.foreignKeys) {
      if (!(await addForeignKey(table, foreignKey, allTwins))) return false;
    }
  }
  return true;
}

const partitionsKeepComing = ({ service }: ConversionDatabase, { name }: IdConversion) =>
  new MigratorError(
    'CONVERSION_INCOMPLETE',
    `${service}: ${name}: each time its partitions had their indexes and foreign keys on the other ids, somebody had made or attached ` +
      `another one, ${ROUNDS} times. Stop what makes partitions for a moment, and run this again: it goes on from here.`,
  );

/**
 * Of the keys alone what makes them keys: the unique index on the twin, and NOT NULL. It has to be there early, because whoever
 * looks for a row by its new id needs it.
 * @throws as `makeCounterparts`
 */
export async function makeKeyCounterparts(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): Promise<void> {
  await useDefaultPath(database.query);
  const keys = new Map(conversion.keys.map(({ table, column }) => [table, column]));
  for (const counterparts of counterpartsByTable(database, conversion, facts, shape)) {
    const { table, plain, twins } = counterparts;
    const key = keys.get(table.name);
    const twin = key === undefined ? undefined : twins.get(key);
    if (key === undefined || twin === undefined) continue;
    const indexes = plain.indexes.filter(
      ({ unique, columns, predicate }) =>
        unique && predicate === null && columns.length === 1 && columns[0] === key,
    );
    const ofKey = { ...counterparts, plain: { ...plain, indexes, uniques: [] } };
    await buildIndexes(ofKey, await twinDefinitions(database, table, ofKey.plain, twins));
    await requireValues(database, conversion.name, table.name, twin);
  }
}

/** @returns false when a partition has come that has no counterparts yet */
async function makeOfTable(counterparts: Counterparts): Promise<boolean> {
  const { database, conversion, table, plain, twins } = counterparts;
  const definitions = await twinDefinitions(database, table, plain, twins);
  const made = isPartitioned(table)
    ? await gatherIndexes(counterparts, definitions)
    : await buildIndexes(counterparts, definitions);
  if (made === 'a partition lacks it') return false;
  // The rest is done to a table and all of its partitions at once.
  if (isPartition(table)) return true;
  for (const { name, notNull } of table.columns) {
    const twin = twins.get(name);
    if (twin !== undefined && notNull) await requireValues(database, conversion.name, table.name, twin);
  }
  for (const check of plain.checks)
    await addCheck(counterparts, check, definitions.constraints.get(check.name)!);
  for (const exclusion of plain.exclusions) {
    await excludeOnTwins({ ...counterparts, table }, exclusion, definitions.constraints.get(exclusion.name)!);
  }
  await makeStatistics(counterparts, definitions);
  // For the expressions of the new indexes, and for whoever proves a foreign key next.
  if (made === 'made') await runOnline(database.query, `ANALYZE ${quotedTable(table.name)}`);
  return true;
}

async function makeStatistics(
  { database, table, plain, shape }: Counterparts,
  definitions: TwinDefinitions,
): Promise<void> {
  for (const { name, schema, target, comment } of plain.statistics) {
    const twin = counterpartName(name, shape);
    const { kinds, columns } = definitions.statistics.get(name)!;
    if (await hasStatistics(database.query, schema, twin)) continue;
    const called = `${escapeIdentifier(schema)}.${escapeIdentifier(twin)}`;
    await runOnline(
      database.query,
      `CREATE STATISTICS ${called} ${kinds} ON ${columns} FROM ${quotedTable(table.name)}`,
    );
    if (target !== null) await database.query(`ALTER STATISTICS ${called} SET STATISTICS ${target}`);
    if (comment !== null)
      await database.query(`COMMENT ON STATISTICS ${called} IS ${escapeLiteral(comment)}`);
  }
}

async function buildIndexes(
  counterparts: Counterparts,
  definitions: TwinDefinitions,
): Promise<'was there' | 'made'> {
  const { database, table, plain, shape } = counterparts;
  let built = 0;
  for (const { name, unique, comment, constraint } of plain.indexes) {
    const twin = counterpartName(name, shape);
    const isNew = await buildIndex(database.query, {
      table: table.name,
      name: twin,
      unique,
      tail: definitions.indexes.get(name)!,
    });
    if (!isNew) continue;
    built += 1;
    if (comment === null || constraint !== null) continue;
    await database.query(
      `COMMENT ON INDEX ${escapeIdentifier(table.schema)}.${escapeIdentifier(twin)} IS ${escapeLiteral(comment)}`,
    );
  }
  for (const unique of plain.uniques) await attachUnique(counterparts, unique);
  return built > 0 ? 'made' : 'was there';
}

/** The index becomes a constraint's, which can be deferrable. A primary key's stays an index until the switch. */
async function attachUnique(counterparts: Counterparts, unique: ConstraintFacts): Promise<void> {
  const name = escapeIdentifier(counterpartName(unique.name, counterparts.shape));
  await addConstraint(counterparts, unique, `UNIQUE USING INDEX ${name}${deferring(unique)}`);
}

async function gatherIndexes(counterparts: Counterparts, definitions: TwinDefinitions): Promise<Gathering> {
  const { indexes, uniques } = counterparts.plain;
  let gathered: Gathering = 'was there';
  for (const index of indexes) {
    const unique = uniques.find(({ name }) => name === index.constraint);
    const one = unique
      ? await gatherUnique(counterparts, unique, definitions.constraints.get(unique.name)!)
      : await gatherIndex(counterparts, index, definitions.indexes.get(index.name)!);
    if (one === 'a partition lacks it') return one;
    if (one === 'made') gathered = one;
  }
  return gathered;
}

async function addCheck(
  counterparts: Counterparts,
  check: ConstraintFacts,
  definition: string,
): Promise<void> {
  await addConstraint(counterparts, check, `${definition}${check.isEnforced ? ' NOT VALID' : ''}`);
  await validateConstraint(counterparts, check);
}

/** @returns false when a partition has come that has none yet */
async function addForeignKey(
  counterparts: Counterparts,
  foreignKey: ConstraintFacts,
  allTwins: ReadonlyMap<string, TwinColumns>,
): Promise<boolean> {
  const { table } = counterparts;
  const definition = foreignKeyDefinition(isPartition(table) ? table.root : table.name, foreignKey, allTwins);
  const isProven = foreignKey.validated && foreignKey.isEnforced;
  // A partition that is partitioned itself has it from the whole table; and so has any, where nothing has to be proven.
  if (isPartition(table) && (isPartitioned(table) || !isProven)) return true;
  if (isPartitioned(table) && isProven) {
    return (await gatherForeignKey(counterparts, foreignKey, definition)) !== 'a partition lacks it';
  }
  await addConstraint(counterparts, foreignKey, `${definition}${foreignKey.isEnforced ? ' NOT VALID' : ''}`);
  await validateConstraint(counterparts, foreignKey);
  return true;
}
