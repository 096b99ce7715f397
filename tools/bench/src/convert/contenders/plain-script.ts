/**
 * What is written second: a script that fills the new columns in batches of 5,000 rows, one after the other, while the clients go on; then,
 * in one transaction, fills what they have changed since and swaps.
 */
import { DATABASES, type DatabaseName } from '@hockey-hub/conversion-clients';
import { queryOf, type Query } from '@hockey-hub/migrator/src/pg/query';
import { withClient } from '../../databases';
import { ID_MAP, tablesOf, type ConvertedTable } from './by-hand/converted-tables';
import { drawIdMaps } from './by-hand/id-map';
import { addTwins, fillTwins, isStale, lockingOrder, takePlaces } from './by-hand/in-place';
import { newUuidOf } from './by-hand/new-uuid';
import { restoreRules } from './by-hand/rules';
import type { ConvertContender } from './contender';

const BATCH_ROWS = 5_000;

export const plainScript: ConvertContender = {
  name: 'plain-script',
  clients: 'old',
  idMap: ID_MAP,
  run: async ({ urls, phase }) => {
    await phase('id map', () => drawIdMaps(urls));
    for (const database of DATABASES) {
      await phase(`batches: ${database}`, () =>
        withClient(urls[database], (client) => fillInBatches(queryOf(client), database)),
      );
    }
    await phase('swap', async () => {
      let since = '[]';
      await withClient(urls.user, (client) =>
        swap(queryOf(client), 'user', async (query) => {
          since = await completeMap(query);
        }),
      );
      await withClient(urls.training, (client) =>
        swap(queryOf(client), 'training', (query) => takePairs(query, since)),
      );
    });
  },
};

async function fillInBatches(query: Query, database: DatabaseName): Promise<void> {
  const tables = tablesOf(database, await newUuidOf(query));
  for (const table of tables) {
    for (const sql of addTwins(table)) await query(sql);
    for (let after: string | undefined = undefined; ;) {
      const upTo: string | undefined = await batchEnd(query, table, after);
      const within = [
        ...(after === undefined ? [] : [`${keyOf(table)} > ${after}`]),
        ...(upTo === undefined ? [] : [`${keyOf(table)} <= ${upTo}`]),
        'true',
      ];
      await query(fillTwins(table, within.join(' AND ')));
      if (upTo === undefined) break;
      after = upTo;
    }
  }
}

const keyOf = ({ key }: ConvertedTable): string => `(${key.map((column) => `"t"."${column}"`).join(', ')})`;

/** The key of the last row of the batch, as a row in SQL; undefined when the rest is one. */
async function batchEnd(query: Query, table: ConvertedTable, after?: string): Promise<string | undefined> {
  const literals = table.key.map((column) => `quote_literal("t"."${column}"::text)`);
  const [row] = await query<{ end: string }>(
    `SELECT '(' || concat_ws(', ', ${literals.join(', ')}) || ')' AS "end" FROM "public"."${table.table}" AS "t"
      ${after === undefined ? '' : `WHERE ${keyOf(table)} > ${after}`}
      ORDER BY ${keyOf(table)} OFFSET ${BATCH_ROWS - 1} LIMIT 1`,
  );
  return row?.end;
}

/** @param complete brings the map up to date, when nobody can write any more */
async function swap(
  query: Query,
  database: DatabaseName,
  complete: (query: Query) => Promise<void>,
): Promise<void> {
  const tables = tablesOf(database, await newUuidOf(query));
  await query('BEGIN');
  for (const table of lockingOrder(tables)) {
    await query(`LOCK TABLE "public"."${table.table}" IN ACCESS EXCLUSIVE MODE`);
  }
  await complete(query);
  for (const table of tables) await query(fillTwins(table, isStale(table)));
  for (const table of tables) for (const sql of takePlaces(table)) await query(sql);
  await restoreRules(query, database);
  await query('COMMIT');
}

/** The pairs of the users made since the map was, as JSON. */
async function completeMap(query: Query): Promise<string> {
  const pairs = await query(
    `INSERT INTO ${ID_MAP} SELECT "id", ${await newUuidOf(query)} FROM "users" AS "t"
      WHERE NOT EXISTS (SELECT FROM ${ID_MAP} AS "m" WHERE "m"."number" = "t"."id") RETURNING "number", "uuid"`,
  );
  return JSON.stringify(pairs);
}

async function takePairs(query: Query, pairs: string): Promise<void> {
  await query(
    `INSERT INTO ${ID_MAP} SELECT * FROM jsonb_to_recordset($1::jsonb) AS "pair" ("number" integer, "uuid" uuid)`,
    [pairs],
  );
}
