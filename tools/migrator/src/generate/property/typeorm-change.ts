/** The same change as TypeORM's own generator makes it: what `typeorm migration:generate` writes, and `migration:run` does. */
import type { DataSource } from 'typeorm';
import type { SqlInMemory } from 'typeorm/driver/SqlInMemory';
import type { Catalog } from '../../catalog/catalog';
import { readCatalog } from '../../catalog/read-catalog';
import { sqlstateOf } from '../../pg/sqlstate';
import { readRows } from '../../scratch/rows-snapshot';
import { expectedOnReturn, expectedRows, lossesOf, plainNumbers, type Expected } from './expected-rows';
import { sameColumns, type Pair } from './pair';
import { connectEntities, type PropertyDatabase } from './property-databases';

export interface TypeOrmChange {
  /**
   * How its statements fail on A with rows, `SQLSTATE 23502`; they are one transaction, as the CLI runs them. Or that there
   * are none, because the generator itself breaks off.
   */
  readonly fails: string | null;
  /** Columns that keep their name in both models, and lost values all the same. */
  readonly loses: boolean;
  /** Columns that were renamed, or whose table was, and lost their values: it knows no way to tell it. */
  readonly losesRenamed: boolean;
  /** Generating again, with nothing changed, would write another migration. */
  readonly differsAgain: boolean;
  /** It would write one for A, too, as A's own entities made it. */
  readonly differsAlways: boolean;
}

/**
 * @param database gets A with the rows that `fill` makes
 * @param from A's catalog   @param to B's
 */
export async function changeByTypeOrm(
  pair: Pair,
  from: Catalog,
  to: Catalog,
  database: PropertyDatabase,
  fill: (database: PropertyDatabase) => Promise<void>,
): Promise<TypeOrmChange> {
  const { query } = database;
  await database.empty();
  const differsAlways = await buildAndCompare(pair, database);
  await fill(database);
  const same = sameColumns(pair);
  const before = await readRows(query, from);
  const expected = (await expectedRows(query, from, to, same)) ?? expectedOnReturn(before, from, to, same);
  const dataSource = await connectEntities(pair.to, database.url);
  try {
    const upQueries = await generate(dataSource);
    if (!upQueries) return failed('the generator breaks off', differsAlways);
    await query('BEGIN');
    try {
      for (const { query: sql, parameters } of upQueries) await query(sql, parameters);
      await query('COMMIT');
    } catch (error) {
      await query('ROLLBACK');
      const state = sqlstateOf(error);
      if (state === undefined) throw error;
      return failed(`SQLSTATE ${state}`, differsAlways);
    }
    const catalog = await readCatalog(query);
    const after = plainNumbers(await readRows(query, catalog), catalog);
    const again = await dataSource.driver.createSchemaBuilder().log();
    const renamed = new Set([...same].filter(([old, now]) => old !== now).map(([, now]) => now));
    return {
      fails: null,
      loses:
        lossesOf(
          only(expected, (id) => !renamed.has(id)),
          after,
        ).length > 0,
      losesRenamed:
        lossesOf(
          only(expected, (id) => renamed.has(id)),
          after,
        ).length > 0,
      differsAgain: again.upQueries.length > 0,
      differsAlways,
    };
  } finally {
    await dataSource.destroy();
  }
}

/** Undefined where it runs into a defect of its own, such as a column that it no longer finds. */
async function generate(dataSource: DataSource): Promise<SqlInMemory['upQueries'] | undefined> {
  try {
    return (await dataSource.driver.createSchemaBuilder().log()).upQueries;
  } catch (error) {
    if (error instanceof Error && error.name === 'TypeError') return undefined;
    throw error;
  }
}

function failed(how: string, differsAlways: boolean): TypeOrmChange {
  return { fails: how, loses: false, losesRenamed: false, differsAgain: false, differsAlways };
}

async function buildAndCompare({ from }: Pair, { url }: PropertyDatabase): Promise<boolean> {
  const dataSource = await connectEntities(from, url);
  try {
    await dataSource.driver.createSchemaBuilder().build();
    return (await dataSource.driver.createSchemaBuilder().log()).upQueries.length > 0;
  } finally {
    await dataSource.destroy();
  }
}

/** Of what is expected, those columns. */
function only({ rows, filled }: Expected, isOf: (id: string) => boolean): Expected {
  return {
    rows: Object.fromEntries(
      Object.entries(rows).flatMap(([table, [first, ...others]]) => {
        const columns = Object.keys(first ?? {}).filter((column) => isOf(`${table}.${column}`));
        if (!first || columns.length === 0) return [];
        const part = [first, ...others].map((row) =>
          Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
        );
        return [[table, part]];
      }),
    ),
    filled: new Set([...filled].filter(isOf)),
  };
}
