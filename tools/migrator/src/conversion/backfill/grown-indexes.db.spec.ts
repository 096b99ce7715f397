import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import { readFacts } from '../inspect/read-facts';
import { registerConversion } from '../state/conversions';
import { ensureState } from '../state/ensure-state';
import { conversionDatabase } from './fill-specimen';
import { rebuildGrownIndexes, rememberIndexSizes } from './grown-indexes';

const WORKOUTS: IdConversion = {
  name: 'users-to-uuid',
  service: 'training-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [{ kind: 'column', table: 'workouts', column: 'userId', to: 'users' }],
};
const KEY = 'workouts_pkey';

let test: TestDatabase;
let database: ConversionDatabase;
let end: () => Promise<unknown>;
beforeEach(async () => {
  test = await createTestDatabase();
  const opened = await conversionDatabase(test.url);
  database = opened;
  end = () => Promise.all(opened.sessions.map((session) => session.end()));
  await database.query(`
    CREATE TABLE workouts (id uuid PRIMARY KEY, "userId" int, "userId_uuid" uuid, n int);
    CREATE INDEX workouts_user ON workouts ("userId");
    CREATE INDEX workouts_n ON workouts (n);
    INSERT INTO workouts SELECT gen_random_uuid(), n, NULL, n FROM generate_series(1, 50000) AS n;
    REINDEX TABLE workouts;
    ANALYZE`);
  await ensureState(database.query);
  await registerConversion(database.query, WORKOUTS);
  await rememberIndexSizes(database.query, WORKOUTS.name, await readFacts(database.query, WORKOUTS));
});
afterEach(async () => {
  await end?.();
  await test?.drop();
});

const rebuild = async () =>
  rebuildGrownIndexes(database, WORKOUTS, await readFacts(database.query, WORKOUTS), 'numeric');
const size = async (index: string) =>
  Number((await database.query<{ size: string }>(`SELECT pg_relation_size('${index}') AS size`))[0]!.size);
/** Rows that find no room on their pages: every index gets new entries. */
const grow = () => database.query(`UPDATE workouts SET n = n; ANALYZE workouts`);

it('builds again what has grown and stays, and nothing else', async () => {
  const before = await size(KEY);
  expect(await rebuild()).toEqual([]);
  await grow();
  expect(await size(KEY)).toBeGreaterThan(1.5 * before);
  const users = await size('workouts_user');
  expect(new Set(await rebuild())).toEqual(new Set(['workouts_n', KEY]));
  expect(await size(KEY)).toBeLessThan(1.05 * before);
  // It has a converted column, and goes with its side.
  expect(await size('workouts_user')).toBe(users);
  expect(
    await database.query(`SELECT conname AS name FROM pg_constraint WHERE conindid = '${KEY}'::regclass`),
  ).toEqual([{ name: KEY }]);
  expect(await rebuild()).toEqual([]);
});

it('leaves alone what is larger because there are more rows', async () => {
  await database.query(`
    INSERT INTO workouts SELECT gen_random_uuid(), n, NULL, n FROM generate_series(1, 50000) AS n;
    REINDEX INDEX ${KEY};
    REINDEX INDEX workouts_n;
    ANALYZE workouts`);
  expect(await rebuild()).toEqual([]);
});

it('clears away what a rebuild that was broken off has left', async () => {
  await grow();
  const blocker = await database.connect();
  try {
    await blocker.query('BEGIN');
    await blocker.query(`INSERT INTO workouts VALUES (gen_random_uuid())`);
    const broken = await database.connect();
    await broken.query(`SET statement_timeout = '300ms'`);
    await expect(broken.query(`REINDEX INDEX CONCURRENTLY ${KEY}`)).rejects.toMatchObject({ code: '57014' });
    await broken.end();
  } finally {
    await blocker.query('ROLLBACK');
    await blocker.end();
  }
  const invalid = () =>
    database.query(
      `SELECT c.relname AS name FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE NOT i.indisvalid`,
    );
  expect(await invalid()).toEqual([{ name: `${KEY}_ccnew` }]);
  expect(await rebuild()).toContain(KEY);
  expect(await invalid()).toEqual([]);
});
