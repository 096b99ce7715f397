/**
 * The room `constraints` owns what hangs on converted columns: for every index, unique rule, key, check, exclusion constraint, foreign
 * key, extended statistics and NOT NULL of a plain column it makes the same on the twin, while everybody reads and writes. It does not
 * own the columns (`pairing`), their values (`backfill`), or who of the two has the plain name (`switch`).
 *
 * Everything here looks at what is there before it does something, so it can be broken off anywhere and run again, and it works in both
 * shapes: before the switch it makes the side of the UUIDs, after it whatever the side of the numbers lost, and after the way back from
 * the contract all of that side. See sides.ts for the names.
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import { useDefaultPath } from '../../catalog/read-catalog';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
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
import { hasStatistics } from './live-objects';
import { requireValues } from './require-values';
import { runOnline } from './run-online';
import { counterpartName, twinColumns, type TwinColumns } from './sides';
import { twinDefinitions, type TwinDefinitions } from './twin-definitions';

/**
 * Makes all counterparts that are missing. The twins are filled by now.
 * @param facts read in this shape
 * @throws MigratorError CONVERSION_INCOMPLETE when a twin is not filled; LOCK_NOT_OBTAINED; EXCLUSION_CONSTRAINT_TOO_LARGE
 */
export async function makeCounterparts(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): Promise<void> {
  await useDefaultPath(database.query);
  const tables = counterpartsByTable(database, conversion, facts, shape);
  for (const table of tables) await makeOfTable(table);
  // A foreign key points at an index of another table, or of its own: all of them are there now.
  const allTwins = twinColumns(conversion, shape);
  for (const table of tables) {
    for (const foreignKey of table.plain.foreignKeys) await addForeignKey(table, foreignKey, allTwins);
  }
}

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
    await buildIndexes({ ...counterparts, plain: { ...plain, indexes } });
    await requireValues(database, conversion.name, table.name, twin);
  }
}

async function makeOfTable(counterparts: Counterparts): Promise<void> {
  const { database, conversion, table, plain, twins } = counterparts;
  const { definitions, built } = await buildIndexes(counterparts);
  for (const { name, notNull } of table.columns) {
    const twin = twins.get(name);
    if (twin !== undefined && notNull) await requireValues(database, conversion.name, table.name, twin);
  }
  for (const unique of plain.uniques) await attachUnique(counterparts, unique);
  for (const check of plain.checks)
    await addCheck(counterparts, check, definitions.constraints.get(check.name)!);
  for (const exclusion of plain.exclusions) {
    await excludeOnTwins(counterparts, exclusion, definitions.constraints.get(exclusion.name)!);
  }
  await makeStatistics(counterparts, definitions);
  // For the expressions of the new indexes, and for whoever proves a foreign key next.
  if (built > 0) await runOnline(database.query, `ANALYZE ${quotedTable(table.name)}`);
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
): Promise<{ readonly definitions: TwinDefinitions; readonly built: number }> {
  const { database, table, plain, twins, shape } = counterparts;
  const definitions = await twinDefinitions(database, table, plain, twins);
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
  return { definitions, built };
}

/** The index becomes a constraint's, which can be deferrable. A primary key's stays an index until the switch. */
async function attachUnique(counterparts: Counterparts, unique: ConstraintFacts): Promise<void> {
  const name = escapeIdentifier(counterpartName(unique.name, counterparts.shape));
  await addConstraint(counterparts, unique, `UNIQUE USING INDEX ${name}${deferring(unique)}`);
}

async function addCheck(
  counterparts: Counterparts,
  check: ConstraintFacts,
  definition: string,
): Promise<void> {
  await addConstraint(counterparts, check, `${definition}${check.isEnforced ? ' NOT VALID' : ''}`);
  await validateConstraint(counterparts, check);
}

async function addForeignKey(
  counterparts: Counterparts,
  foreignKey: ConstraintFacts,
  allTwins: ReadonlyMap<string, TwinColumns>,
): Promise<void> {
  const definition = foreignKeyDefinition(counterparts.table.name, foreignKey, allTwins);
  await addConstraint(counterparts, foreignKey, `${definition}${foreignKey.isEnforced ? ' NOT VALID' : ''}`);
  await validateConstraint(counterparts, foreignKey);
}
