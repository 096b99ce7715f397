/**
 * Whatever happens to the sessions and around them, every row has its twin in the end, and nobody else is kept waiting.
 * MIGRATOR_TEST_SEED repeats an earlier run's moments.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../scratch/random';
import { holdLock } from '../../testing/hold-lock';
import { randomSeed } from '../../testing/migrator-tests.config';
import { waitUntil } from '../../testing/wait-until';
import { setPaused } from '../state/conversions';
import { readProgress } from '../state/tasks';
import { fillTwins } from './fill-twins';
import { CLUB, conversionDatabase, createFillSpecimen, type FillSpecimen } from './fill-specimen';

const USERS = 12_000;
let specimen: FillSpecimen;

beforeEach(async () => {
  specimen = await createFillSpecimen(USERS);
});

afterEach(() => specimen.drop());

const fill = (options: Partial<Parameters<typeof fillTwins>[2]> = {}) =>
  fillTwins(specimen.database, CLUB, { source: 'numeric', ...options });

/** All but the one of the specimen itself. */
const WORKERS = `FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'hockey-hub-migrator'`;

it('goes on when its sessions are ended at random', async () => {
  const seed = randomSeed();
  const random = new Random(seed);
  const killer = await conversionDatabase(specimen.url);
  const own = await killer.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const [main] = await specimen.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  let isOver = false;
  let killed = 0;
  const killing = (async () => {
    while (!isOver && killed < 40) {
      const rows = await killer.query(
        `SELECT pg_terminate_backend(pid) ${WORKERS} AND pid <> ALL ($1) ORDER BY random() LIMIT 1`,
        [[own[0]!.pid, main!.pid]],
      );
      killed += rows.length;
      await pause(random.integer(0, 60));
    }
  })();
  await fill({ workers: 3 });
  isOver = true;
  await killing;
  await killer.sessions[0]!.end();
  process.stdout.write(`MIGRATOR_TEST_SEED=${seed}: ${killed} sessions were ended\n`);
  expect(killed).toBeGreaterThan(3);
  expect(await specimen.wrong()).toBe(0);
  const progress = await readProgress(specimen.query, CLUB.name);
  expect(progress.find(({ table }) => table === 'sessions')).toMatchObject({ doneRows: USERS * 2 });
});

it('counts no row twice when two processes share the work', async () => {
  const other = await conversionDatabase(specimen.url);
  await Promise.all([fill(), fillTwins(other, CLUB, { source: 'numeric' })]);
  for (const session of other.sessions) await session.end();
  expect(await specimen.wrong()).toBe(0);
  const progress = await readProgress(specimen.query, CLUB.name);
  expect(progress.map(({ table, doneRows }) => [table, doneRows])).toEqual([
    ['users', USERS],
    ['sessions', USERS * 2],
    ['parent_links', USERS / 4],
    ['trainings', USERS / 4 + 1],
    ['visits_early', expect.any(Number)],
    ['visits_late', expect.any(Number)],
  ]);
});

it('stops when it is paused, says why, and goes on', async () => {
  await setPaused(specimen.query, CLUB.name, true);
  const looker = await conversionDatabase(specimen.url);
  const filling = fill();
  await waitUntil('it says that it is paused', async () => {
    const [progress] = await readProgress(looker.query, CLUB.name);
    return progress?.throttled === 'paused by command' ? true : undefined;
  });
  expect(await looker.query(`SELECT count(id_uuid)::int AS filled FROM users`)).toEqual([{ filled: 0 }]);
  await setPaused(looker.query, CLUB.name, false);
  await filling;
  await looker.sessions[0]!.end();
  expect(await specimen.wrong()).toBe(0);
});

it('finds every row again when clients write, move and lock them all the time, and keeps nobody waiting', async () => {
  const clients = await Promise.all([1, 2, 3].map(() => specimen.client()));
  let isOver = false;
  let longestMs = 0;
  let writes = 0;
  const writing = clients.map(async (client, index) => {
    const random = new Random(index + 1);
    while (!isOver) {
      const startedAt = performance.now();
      const [userId, id] = [random.integer(1, USERS), random.integer(1, USERS * 2)];
      if (random.chance(0.3))
        await client.query(`INSERT INTO sessions ("userId", token) VALUES ($1, 'new')`, [userId]);
      else if (random.chance(0.4))
        await client.query(`UPDATE sessions SET "userId" = $1 WHERE id = $2`, [userId, id]);
      else
        await client.query(`UPDATE sessions SET token = repeat('x', 60) WHERE id BETWEEN $1 AND $1 + 20`, [
          id,
        ]);
      longestMs = Math.max(longestMs, performance.now() - startedAt);
      writes++;
    }
  });
  await fill({ workers: 2 });
  isOver = true;
  await Promise.all(writing);
  expect(writes).toBeGreaterThan(50);
  expect(longestMs).toBeLessThan(1_000);
  expect(await specimen.wrong()).toBe(0);
});

it('fills around rows that somebody has locked, and these when they are free', async () => {
  const lock = await holdLock(specimen.url, `UPDATE sessions SET token = 'held' WHERE id % 1000 = 1`);
  const looker = await conversionDatabase(specimen.url);
  const filling = fill({ snapshotPatienceMs: 0 });
  await waitUntil('only locked rows are left', async () => {
    const progress = await readProgress(looker.query, CLUB.name);
    return (
      progress.some(({ throttled }) => throttled === '24 rows of sessions are locked by others') || undefined
    );
  });
  expect(
    await looker.query(`SELECT count(*)::int AS left FROM sessions WHERE "userId_uuid" IS NULL`),
  ).toEqual([{ left: 24 }]);
  await lock.release();
  await filling;
  await looker.sessions[0]!.end();
  expect(await specimen.wrong()).toBe(0);
});

it('says who keeps rows locked when it has waited long enough', async () => {
  const lock = await holdLock(specimen.url, `UPDATE sessions SET token = 'held' WHERE id = 1`);
  await expect(fill({ lockedRowsPatienceMs: 200, snapshotPatienceMs: 0 })).rejects.toMatchObject({
    code: 'CONVERSION_STALLED',
    message: expect.stringMatching(
      /^user-service: 1 rows of sessions cannot be filled \(userId_uuid\), because somebody keeps them locked\. /,
    ),
  });
  await lock.release();
  await fill();
  expect(await specimen.wrong()).toBe(0);
});

it('fills a table whose rows were all moved behind its back', async () => {
  // As if the walk had been there: everything is done, and everything is somewhere else.
  await fill();
  await specimen.query(
    `ALTER TABLE sessions DISABLE TRIGGER USER; UPDATE sessions SET "userId_uuid" = NULL, token = repeat('y', 90)`,
  );
  const filled = await fill();
  expect(filled.find(({ table }) => table === 'sessions')).toEqual({
    table: 'sessions',
    withoutPair: { userId_uuid: 0 },
  });
  expect(await specimen.wrong()).toBe(0);
});

it('fills empty tables, and what comes into them', async () => {
  await specimen.query('TRUNCATE users, sessions, parent_links, trainings, visits');
  await fill();
  await specimen.query(`INSERT INTO visits VALUES (5, '2020-02-02')`);
  await fill();
  expect(await specimen.query(`SELECT "userId_uuid" IS NULL AS empty FROM visits`)).toEqual([
    { empty: false },
  ]);
});

it('waits for an old snapshot before it goes on, says whose it is, and for no longer than it may', async () => {
  const reader = await specimen.client();
  await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await reader.query('SELECT 1 FROM users LIMIT 1');
  await specimen.query(`UPDATE users SET name = name WHERE id = 1`);
  const said = new Set<string>();
  await fill({
    snapshotPatienceMs: 600,
    onProgress: ({ throttled }) => said.add((throttled ?? '').replace(/\d+/g, 'n')),
  });
  await reader.query('COMMIT');
  const [role] = await specimen.query<{ name: string }>('SELECT current_user AS name');
  const who = `process n (${role!.name}, hockey-hub-migrator), in its transaction since n:n:n`;
  expect([...said].join('; ')).toContain(`waiting for ${who}, whose snapshot is old`);
  expect([...said].join('; ')).toContain(
    `${who} has an old snapshot: sessions is filled at half speed, and grows`,
  );
  expect(await specimen.wrong()).toBe(0);
});

it('stops every worker when one cannot go on', async () => {
  await specimen.query(
    `ALTER TABLE sessions ADD CONSTRAINT none CHECK (id <> 20000 OR "userId_uuid" IS NULL)`,
  );
  await expect(fill({ workers: 4 })).rejects.toMatchObject({ code: 'FILL_FAILED' });
  const left = await specimen.query(`SELECT pid ${WORKERS}`);
  expect(left).toEqual([]);
  await specimen.query(`ALTER TABLE sessions DROP CONSTRAINT none`);
  await fill();
  expect(await specimen.wrong()).toBe(0);
});
