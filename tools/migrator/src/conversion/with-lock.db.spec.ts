import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { MigratorError } from '../errors';
import { connect } from '../pg/connect';
import { SQLSTATE } from '../pg/sqlstate';
import { conversionDatabaseOver } from './conversion-database-over';
import type { ConversionDatabase } from './conversion-database';
import { ensureState } from './state/ensure-state';
import { runEachLocked, withLock } from './with-lock';

const TABLES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
const ALL = `LOCK TABLE ${TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`;
const WORK = { conversion: 'users', what: 'all tables' };
/** What a queueing attempt may take in all: 50 ms, a look, and a busy machine; less than the 320 that it takes without a bound. */
const BOUND_MS = 250;

let test: TestDatabase;
let database: ConversionDatabase;
let session: Client;
const others: Client[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  session = await connect(test.url, 'conversion');
  database = conversionDatabaseOver(session, 'user-service', test.url);
  await ensureState(database.query);
  for (const name of TABLES) await session.query(`CREATE TABLE ${name} (id int)`);
});
beforeEach(() => session.query('TRUNCATE id_conversion.lock_attempts'));
afterEach(async () => {
  for (const other of others.splice(0)) await other.end();
});
afterAll(async () => {
  await session?.end();
  await test?.drop();
});

async function other(): Promise<Client> {
  const client = await connect(test.url, 'somebody');
  others.push(client);
  return client;
}

const attempts = async () =>
  (
    await session.query<{ outcome: string; tookMs: number }>(
      `SELECT outcome, took_ms::float8 AS "tookMs" FROM id_conversion.lock_attempts ORDER BY id`,
    )
  ).rows;

/** Holds each table until somebody has queued for it for 40 ms: less than the time that one lock has, and eight times that together. */
async function holdInTurn(): Promise<() => Promise<void>> {
  const holders = new Map<string, Client>();
  for (const name of TABLES) {
    const holder = await other();
    await holder.query(`BEGIN; LOCK TABLE ${name} IN ROW EXCLUSIVE MODE`);
    holders.set(name, holder);
  }
  const watcher = await other();
  let isOver = false;
  const watching = (async () => {
    while (!isOver && holders.size > 0) {
      const { rows } = await watcher.query<{ name: string }>(
        `SELECT relation::regclass::text AS name FROM pg_locks
          WHERE NOT granted AND locktype = 'relation' AND waitstart < clock_timestamp() - interval '40 milliseconds'`,
      );
      for (const { name } of rows) {
        await holders.get(name)?.query('COMMIT');
        holders.delete(name);
      }
    }
  })();
  return () => {
    isOver = true;
    return watching;
  };
}

it('queues no longer for eight tables than for one, and clients no longer behind it', async () => {
  const stop = await holdInTurn();
  const client = await other();
  let longestMs = 0;
  let isDone = false;
  const reading = (async () => {
    while (!isDone) {
      const startedAt = performance.now();
      await client.query('SELECT count(*) FROM one');
      longestMs = Math.max(longestMs, performance.now() - startedAt);
    }
  })();
  await withLock(database, WORK, (query) => query(ALL));
  isDone = true;
  await reading;
  await stop();

  const recorded = await attempts();
  expect(recorded.at(-1)).toMatchObject({ outcome: 'done' });
  // One table at a time gives way in each: without the bound the first attempt would have had them all, after 320 ms.
  expect(recorded.length).toBeGreaterThan(3);
  expect(Math.max(...recorded.map(({ tookMs }) => tookMs))).toBeLessThan(BOUND_MS);
  expect(longestMs).toBeLessThan(BOUND_MS);
});

it('bounds statements of one message and of several the same', async () => {
  const stop = await holdInTurn();
  const each = TABLES.map((name) => `LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`);
  await withLock(database, WORK, async (query) => {
    await query(each.slice(0, 4).join(';\n'));
    for (const statement of each.slice(4)) await query(statement);
  });
  await stop();
  expect(Math.max(...(await attempts()).map(({ tookMs }) => tookMs))).toBeLessThan(BOUND_MS);
});

it('leaves work alone that has its locks, however long it takes', async () => {
  await withLock(database, WORK, (query) => query(`${ALL}; SELECT pg_sleep(0.25)`));
  const [attempt, ...more] = await attempts();
  expect(more).toEqual([]);
  expect(attempt).toMatchObject({ outcome: 'done' });
  expect(attempt!.tookMs).toBeGreaterThan(240);
});

it('gives way to who holds one lock, and has it when that one ends', async () => {
  const holder = await other();
  await holder.query('BEGIN; LOCK TABLE one IN ROW EXCLUSIVE MODE');
  const done = withLock(database, WORK, (query) => query(ALL));
  const watcher = await other();
  for (let gaveWay = 0; gaveWay < 2;) {
    const { rows } = await watcher.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM id_conversion.lock_attempts',
    );
    gaveWay = rows[0]!.n;
  }
  await holder.query('COMMIT');
  await done;
  expect((await attempts()).map(({ outcome }) => outcome)).toEqual(
    expect.arrayContaining(['gave-way', 'gave-way', 'done']),
  );
});

it("takes a statement's own end for an error, and goes on with the session", async () => {
  const slow = withLock(database, WORK, (query) =>
    query(`SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(5)`),
  );
  await expect(slow).rejects.toMatchObject({ code: SQLSTATE.queryCancelled });
  expect(await attempts()).toEqual([]);
  await expect(withLock(database, WORK, (query) => query('SELECT 1 AS one'))).resolves.toEqual([{ one: 1 }]);
});

it('does without the second session where none can be had', async () => {
  const alone = {
    ...database,
    connect: () => Promise.reject(new MigratorError('CANNOT_CONNECT', 'too many connections')),
  };
  const stop = await holdInTurn();
  await withLock(alone, WORK, (query) => query(ALL));
  await stop();
  expect((await attempts()).at(-1)).toMatchObject({ outcome: 'done' });
});

it('runs each statement in a transaction of its own, all of them under one second session', async () => {
  let opened = 0;
  const counted = {
    ...database,
    connect: () => {
      opened++;
      return database.connect();
    },
  };
  const holder = await other();
  await holder.query('BEGIN; LOCK TABLE two IN ROW EXCLUSIVE MODE');
  const done = runEachLocked(counted, WORK, [
    'ALTER TABLE one ADD COLUMN first int',
    'ALTER TABLE two ADD COLUMN second int',
  ]);
  // The first is there, and can be read, while the second has to come back.
  const watcher = await other();
  const tried = 'SELECT outcome FROM id_conversion.lock_attempts';
  while ((await watcher.query(tried)).rows.length < 3) await pause(10);
  await expect(watcher.query('SELECT first FROM one')).resolves.toMatchObject({ rows: [] });
  await holder.query('COMMIT');
  await done;
  const outcomes = (await attempts()).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['done', ...outcomes.slice(1, -1).map(() => 'gave-way'), 'done']);
  expect(outcomes.length).toBeGreaterThan(3);
  expect(opened).toBe(1);
});

it('opens no session for no statements', async () => {
  const unreachable = { ...database, connect: () => Promise.reject(new Error('opened a session')) };
  await expect(runEachLocked(unreachable, WORK, [])).resolves.toBeUndefined();
});
