/** A scratch database at one moment: its schema and every value in it. */
import type { Catalog } from '../catalog/catalog';
import { compareSchemas, readSchema, type Schema } from '../catalog/schema';
import { readHalves } from '../conversion/state/read-halves';
import { withConnection } from '../pg/connect';
import { queryOf, type Query } from '../pg/query';
import { readRows } from '../scratch/rows-snapshot';
import { settle } from '../scratch/settle-expressions';
import { fillWithRows, type FillOptions, type Filled } from '../scratch/synthetic-rows';
import type { Rows } from './judge-rows';

export interface Moment extends Rows {
  readonly schema: Schema;
}

/** Expressions are settled first: a `down` that puts a check back may write it as Postgres prints it. */
export async function readMoment(url: string, service: string): Promise<Moment> {
  return withConnection(url, service, async (client) => {
    const query = queryOf(client);
    await settle(query);
    const schema = await readSchema(query);
    return { schema, ...(await readRowsBy(query, schema.catalog)) };
  });
}

/** The rows alone, where the schema is known. */
export async function readRowsOf(url: string, service: string, catalog: Catalog): Promise<Rows> {
  return withConnection(url, service, (client) => readRowsBy(queryOf(client), catalog));
}

async function readRowsBy(query: Query, catalog: Catalog): Promise<Rows> {
  return { catalog, rows: await readRows(query, catalog), halves: await readHalves(query) };
}

/** Writes further rows into every table. */
export async function fill(
  url: string,
  service: string,
  catalog: Catalog,
  options: FillOptions,
): Promise<Filled> {
  return withConnection(url, service, (client) => fillWithRows(queryOf(client), catalog, options));
}

/** One line for each difference in schema. */
export function differences(actual: Moment, expected: Moment): string[] {
  return compareSchemas(actual.schema, expected.schema);
}
