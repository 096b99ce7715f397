/**
 * The floor: what a conversion costs when nobody is there who could be disturbed. New tables with the new ids, then keys, indexes and
 * foreign keys, each built once; both databases, the map copied from one to the other. Nothing can be reverted.
 */
import { DATABASES, type DatabaseName } from '@hockey-hub/conversion-clients';
import { queryOf, type Query } from '@hockey-hub/migrator/src/pg/query';
import { withClient } from '../../databases';
import { ID_MAP, tablesOf } from './by-hand/converted-tables';
import { drawIdMaps } from './by-hand/id-map';
import { newUuidOf } from './by-hand/new-uuid';
import { clearRoom, makeNewTable, makeRoom, moveAway, type PlainColumn } from './by-hand/new-tables';
import { restoreRules } from './by-hand/rules';
import type { ConvertContender } from './contender';

export const floor: ConvertContender = {
  name: 'floor',
  clients: 'none',
  idMap: ID_MAP,
  run: async ({ urls, phase }) => {
    await phase('id map', () => drawIdMaps(urls));
    for (const database of DATABASES) {
      await phase(`new tables: ${database}`, () =>
        withClient(urls[database], (client) => makeAnew(queryOf(client), database)),
      );
    }
  },
};

async function makeAnew(query: Query, database: DatabaseName): Promise<void> {
  const tables = tablesOf(database, await newUuidOf(query));
  const plain = new Map<string, PlainColumn[]>();
  for (const { table } of tables) plain.set(table, await columnsOf(query, table));
  for (const sql of makeRoom) await query(sql);
  for (const table of tables) for (const sql of moveAway(table)) await query(sql);
  for (const table of tables) {
    for (const sql of makeNewTable(table, plain.get(table.table)!)) await query(sql);
  }
  for (const sql of clearRoom) await query(sql);
  await restoreRules(query, database);
}

function columnsOf(query: Query, table: string): Promise<PlainColumn[]> {
  return query<PlainColumn>(
    `SELECT a.attname AS "name", a.attnotnull AS "isRequired", pg_get_expr(d.adbin, d.adrelid) AS "defaultValue"
       FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = to_regclass(format('public.%I', $1::text)) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum`,
    [table],
  );
}
