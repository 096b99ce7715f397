import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { withScratchDatabases } from '../scratch/scratch-database';
import { testServerUrl } from '../testing/migrator-tests.config';
import type { TablesFacts } from './manifest';
import { beginSnapshot, countRows, holdsRows, readTableFacts, tableDifferences } from './table-facts';

/** Runs `setup` in a new database and reads it, in a session of its own that was told `session` first. */
async function factsAfter(setup: readonly string[], { session = 'SELECT 1', read = readTableFacts } = {}) {
  return withScratchDatabases(testServerUrl(), 'test', 1, async (url) => {
    await withConnection(url, 'test', async (client) => {
      for (const sql of setup) await client.query(sql);
    });
    return withConnection(url, 'test', async (client) => {
      await client.query(session);
      await beginSnapshot(queryOf(client));
      return read(queryOf(client));
    });
  });
}

// A column with the name that the query gives the table.
const TABLE = 'CREATE TABLE a (t text, "at" timestamptz, n float8, b bytea)';
const row = (t: string, n = 1) =>
  `INSERT INTO a VALUES ('${t}', '2026-01-01 12:00+02', ${n} / 3::float8, '\\xff')`;

it('a checksum does not depend on the order of the rows, nor on how the session writes values', async () => {
  const one = await factsAfter([TABLE, row('x'), row('y'), row('y')]);
  const other = await factsAfter([TABLE, row('y'), row('x'), row('y')], {
    session: `SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'; SET extra_float_digits = -5; SET bytea_output = 'escape'`,
  });
  expect(other).toEqual(one);
  expect(one['a']?.rows).toBe(3);
});

it.each([
  ['another value', [TABLE, row('x'), row('z')]],
  ['another value in the second column', [TABLE, row('x'), row('y', 2)]],
  ['one row twice in the place of two', [TABLE, row('x'), row('x')]],
])('%s changes it', async (_, setup) => {
  const one = await factsAfter([TABLE, row('x'), row('y')]);
  const other = await factsAfter(setup);
  expect(tableDifferences(one, other)).toEqual(["a: rows differ from the backup's"]);
});

it('reads tables of every schema, partitions and odd names, and no views', async () => {
  const facts = await factsAfter([
    'CREATE SCHEMA "Le gacy"',
    'CREATE TABLE "Le gacy"."x""y" ()',
    'INSERT INTO "Le gacy"."x""y" DEFAULT VALUES',
    'CREATE TABLE p (id int) PARTITION BY RANGE (id)',
    'CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)',
    'INSERT INTO p VALUES (1), (2)',
    'CREATE TABLE parent (id int)',
    'CREATE TABLE child () INHERITS (parent)',
    'INSERT INTO child VALUES (1)',
    'CREATE VIEW v AS SELECT * FROM p',
    'CREATE MATERIALIZED VIEW m AS SELECT * FROM p',
  ]);
  expect(Object.fromEntries(Object.entries(facts).map(([name, { rows }]) => [name, rows]))).toEqual({
    'Le gacy.x"y': 1,
    p1: 2,
    parent: 0,
    child: 1,
  });
});

it('fails rather than miss rows that a policy hides', async () => {
  const role = `hidden_${Math.random().toString(16).slice(2)}`;
  const work = factsAfter(
    [
      'CREATE TABLE a (id int); INSERT INTO a VALUES (1); ALTER TABLE a ENABLE ROW LEVEL SECURITY',
      `CREATE ROLE ${role}; GRANT SELECT ON a TO ${role}`,
    ],
    { session: `SET ROLE ${role}` },
  );
  await expect(work).rejects.toMatchObject({ code: '42501' });
  await withConnection(testServerUrl(), 'test', (client) => client.query(`DROP ROLE ${role}`));
});

const HISTORY = [
  'CREATE TABLE migrations (id int); INSERT INTO migrations VALUES (1)',
  'CREATE SCHEMA migrator; CREATE TABLE migrator.history (id int); INSERT INTO migrator.history VALUES (1)',
];

it.each<[string, readonly string[], boolean]>([
  ['an empty database', [], false],
  ['tables without rows', ['CREATE TABLE a (id int)'], false],
  ['rows of the history alone', HISTORY, false],
  [
    'a row',
    [...HISTORY, 'CREATE TABLE a (id int)', 'CREATE TABLE b (id int); INSERT INTO b VALUES (1)'],
    true,
  ],
])('%s: holds rows worth a backup?', async (_, setup, expected) => {
  const found = await withScratchDatabases(testServerUrl(), 'test', 1, (url) =>
    withConnection(url, 'test', async (client) => {
      for (const sql of setup) await client.query(sql);
      return holdsRows(queryOf(client));
    }),
  );
  expect(found).toBe(expected);
});

it('says what differs, one line a table', async () => {
  const before: TablesFacts = {
    same: { rows: 1, checksum: '1' },
    fewer: { rows: 5, checksum: '1' },
    gone: { rows: 7, checksum: '1' },
    counted: { rows: 1, checksum: '1' },
  };
  const after: TablesFacts = {
    same: { rows: 1, checksum: '1' },
    fewer: { rows: 4, checksum: '2' },
    counted: { rows: 1, checksum: '' },
    new: { rows: 0, checksum: '0' },
  };
  expect(tableDifferences(before, after)).toEqual([
    'fewer: 4 row(s), the backup says 5',
    'gone: is missing; the backup has 7 row(s) of it',
    'new: is there, and is not in the backup',
  ]);
  const counts = await factsAfter([TABLE, row('x')], { read: countRows });
  expect(counts).toEqual({ a: { rows: 1, checksum: '' } });
});
