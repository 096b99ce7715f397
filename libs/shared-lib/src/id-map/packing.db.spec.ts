/** Pairs packed and unpacked by Postgres: what comes out is what went in, whatever the numbers are. */
import { Client } from 'pg';
import { checked } from '../events/event-registry';
import { defineIdMaps } from '../events/contracts/id-map';
import { createTestDatabase, type TestDatabase } from '../testing';
import { digestsAgree, mapDigest } from './map-digest';
import { ALL_NUMBERS, packNumbers, packRange, type PackedPage } from './pack-pairs';
import type { Query } from './query';
import { storePairs } from './store-pairs';

const SMALLEST = ALL_NUMBERS.from;
const LARGEST = ALL_NUMBERS.to;
const { filled } = defineIdMaps('club-service');
const map = { name: 'users', owner: 'club-service', table: '"users_ids"' };
const copy = { ...map, table: '"copy_ids"' };

let database: TestDatabase;
let client: Client;
const query: Query = async <Row>(sql: string, values?: unknown[]) =>
  (await client.query(sql, values)).rows as Row[];

beforeEach(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  for (const { table } of [map, copy]) {
    await query(`CREATE TABLE ${table} (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE)`);
  }
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

const insert = (numbers: string) =>
  query(`INSERT INTO users_ids SELECT n::bigint, gen_random_uuid() FROM ${numbers} AS n`);

async function packAll(): Promise<PackedPage[]> {
  const pages: PackedPage[] = [];
  for (let from: string = SMALLEST; ;) {
    const page = await packRange(query, map, { from, to: LARGEST });
    if (page.last === undefined) return pages;
    pages.push(page);
    if (page.last === LARGEST) return pages;
    from = String(BigInt(page.last) + 1n);
  }
}

test('brings every number and every UUID over, and the contract has nothing against them', async () => {
  await insert(`unnest(ARRAY[${SMALLEST}, -1, 0, 1, 255, 256, 9007199254740993, ${LARGEST}])`);
  await query(`INSERT INTO users_ids VALUES (2, '00000000-0000-0000-0000-000000000000')`);
  await query(`INSERT INTO users_ids VALUES (3, 'ffffffff-ffff-ffff-ffff-ffffffffffff')`);
  const [page, ...others] = await packAll();
  expect(others).toEqual([]);
  expect(page!.last).toBe(LARGEST);
  const packed = checked(filled, page!.packed!);
  expect(packed.count).toBe(10);
  expect(await storePairs(query, copy, packed)).toEqual({ inserted: 10 });
  expect(await query('TABLE copy_ids EXCEPT TABLE users_ids')).toEqual([]);
  expect(digestsAgree(await mapDigest(query, copy), await mapDigest(query, map))).toBe(true);
});

test('fills messages up to the limit, and stores what it has already without a word', async () => {
  await insert('generate_series(1, 12000)');
  const pages = await packAll();
  expect(pages.map(({ packed, last }) => [packed!.count, last])).toEqual([
    [5_000, '5000'],
    [5_000, '10000'],
    [2_000, '12000'],
  ]);
  for (const { packed } of [pages[2]!, pages[0]!, pages[1]!, pages[0]!])
    await storePairs(query, copy, packed!);
  expect(digestsAgree(await mapDigest(query, copy), await mapDigest(query, map))).toBe(true);
});

test('packs some numbers alone, and nothing when there is none of them', async () => {
  await insert('generate_series(1, 10)');
  const { packed, last } = await packNumbers(query, map, '{3,5,99}');
  expect([packed!.count, last]).toEqual([2, '5']);
  expect(await packNumbers(query, map, '{99}')).toEqual({});
  expect(await packRange(query, map, { from: '11', to: '20' })).toEqual({});
});

test('stores what contradicts nothing, and says what the rest contradicts: by number, or by UUID', async () => {
  await insert('generate_series(1, 4)');
  const rows = await query<{ uuid: string }>('SELECT uuid FROM users_ids ORDER BY number');
  const other = '00000000-0000-4000-8000-000000000000';
  // 2 is another UUID here, and the UUID of 4 is another number.
  await query(`INSERT INTO copy_ids VALUES (2, $1), (40, $2)`, [other, rows[3]!.uuid]);
  const [page] = await packAll();
  expect(await storePairs(query, copy, page!.packed!)).toEqual({
    inserted: 2,
    contradiction:
      '2 pair(s) of the id map users that club-service sent contradict what is here; the first: 2 is ' +
      `${rows[1]!.uuid} there, and here 2 is ${other}`,
  });
  expect(await query('SELECT number::int FROM copy_ids ORDER BY number')).toEqual(
    [1, 2, 3, 40].map((number) => ({ number })),
  );
});

test('tells maps apart by one pair, by one half of it, and by whose half it is', async () => {
  await insert('generate_series(1, 100)');
  const digest = await mapDigest(query, map);
  expect(digest).toEqual({ pairs: '100', checksum: expect.stringMatching(/^-?\d+$/), upTo: '100' });
  expect((await mapDigest(query, map, { upTo: '50' })).pairs).toBe('50');
  await query('BEGIN');
  await query('UPDATE users_ids SET uuid = gen_random_uuid() WHERE number = 50');
  expect(digestsAgree(await mapDigest(query, map), digest)).toBe(false);
  await query('ROLLBACK');
  await query('BEGIN');
  await query('UPDATE users_ids SET number = 1000 WHERE number = 50');
  expect(digestsAgree(await mapDigest(query, map), digest)).toBe(false);
  await query('ROLLBACK');
  await query(`UPDATE users_ids SET number = CASE number WHEN 1 THEN -2 ELSE -1 END WHERE number IN (1, 2)`);
  await query(`UPDATE users_ids SET number = -number WHERE number < 0`);
  expect(digestsAgree(await mapDigest(query, map), digest)).toBe(false);
  expect(await mapDigest(query, copy)).toEqual({ pairs: '0', checksum: '0', upTo: null });
});
