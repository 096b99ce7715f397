import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { readCatalog } from '../catalog/read-catalog';
import { queryOf } from '../pg/query';
import { compareRows, describeLoss, readRows, type ReadRowsOptions } from './rows-snapshot';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(() =>
  client.query(`DROP TABLE IF EXISTS players, "Team";
    CREATE TABLE players (id int, name text, rate float8, number numeric(4,2));
    INSERT INTO players VALUES (1, 'Ada', 0.1, 1.25), (2, 'Ben', 1e300, 2.5), (3, NULL, 'NaN', NULL);
    CREATE TABLE "Team" (id int)`),
);

const read = async (options?: ReadRowsOptions) =>
  readRows(queryOf(client), await readCatalog(queryOf(client)), options);

/** What `sql` loses, in words. */
async function lossesOf(sql: string, columns?: ReadonlySet<string>): Promise<string[]> {
  const before = await read();
  await client.query(sql);
  return compareRows(before, await read(), columns).map(describeLoss);
}

it('reads every value as Postgres prints it', async () => {
  expect(await read()).toEqual({
    Team: [],
    players: [
      { id: '1', name: 'Ada', rate: '0.1', number: '1.25' },
      { id: '2', name: 'Ben', rate: '1e+300', number: '2.50' },
      { id: '3', name: null, rate: 'NaN', number: null },
    ],
  });
});

it('reads a column as what a change of type would make of it', async () => {
  const { players } = await read({ as: new Map([['players.number', 'integer']]) });
  expect(players!.map(({ number }) => number)).toEqual(['1', '3', null]);
});

it.each([
  ['nothing', `SELECT 1`],
  ['another order of the rows', `UPDATE players SET name = name WHERE id = 1`],
  ['more rows', `INSERT INTO players VALUES (4, 'Eve')`],
  ['a new column', `ALTER TABLE players ADD COLUMN x int DEFAULT 1`],
  [
    'a column that is gone, which whoever dropped it has answered for',
    `ALTER TABLE players DROP COLUMN name`,
  ],
])('finds no loss in %s', async (_, sql) => {
  expect(await lossesOf(sql)).toEqual([]);
});

it.each([
  [`UPDATE players SET name = 'Bea' WHERE id = 2`, `players.name: 1 row lost its value, as 'Ben'`],
  [`UPDATE players SET name = 'x'`, `players.name: 3 rows lost their value, as 'Ada', 'Ben', NULL`],
  [
    `ALTER TABLE players ALTER number TYPE numeric(4,1)`,
    `players.number: 2 rows lost their value, as '1.25', '2.50'`,
  ],
  [
    `UPDATE players SET name = CASE id WHEN 1 THEN 'Ben' ELSE 'Ada' END WHERE id < 3`,
    'players: 2 rows with values that stood in different rows before',
  ],
])('tells what is lost by %s', async (sql, loss) => {
  expect(await lossesOf(sql)).toEqual([loss]);
});

it('tells each column of a row that is gone', async () => {
  expect(await lossesOf('DELETE FROM players WHERE id = 1')).toEqual([
    `players.id: 1 row lost its value, as '1'`,
    `players.name: 1 row lost its value, as 'Ada'`,
    `players.rate: 1 row lost its value, as '0.1'`,
    `players.number: 1 row lost its value, as '1.25'`,
  ]);
});

it('compares only the columns asked for', async () => {
  expect(
    await lossesOf(`UPDATE players SET name = 'x', rate = 0`, new Set(['players.rate', 'players.id'])),
  ).toEqual([`players.rate: 3 rows lost their value, as '0.1', '1e+300', 'NaN'`]);
});
