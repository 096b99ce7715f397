/** What was there is filled, every row of every kind, and nothing else is changed. */
import { CLUB, createFillSpecimen, type FillSpecimen } from './fill-specimen';
import { readProgress } from '../state/tasks';
import { fillTwins } from './fill-twins';
import type { FillProgress } from './monitor';

const USERS = 4_000;
let specimen: FillSpecimen;

beforeEach(async () => {
  specimen = await createFillSpecimen(USERS);
});

afterEach(() => specimen.drop());

it('fills keys, references, arrays and partitions, and says how far it is', async () => {
  const seen: FillProgress[] = [];
  const filled = await fillTwins(specimen.database, CLUB, {
    source: 'numeric',
    onProgress: (progress) => seen.push(progress),
  });
  expect(await specimen.wrong()).toBe(0);
  expect(filled).toEqual([
    { table: 'users', withoutPair: { id_uuid: 0, invitedBy_uuid: 0 } },
    { table: 'sessions', withoutPair: { userId_uuid: 0 } },
    { table: 'parent_links', withoutPair: { parentId_uuid: 0, childId_uuid: 0 } },
    { table: 'trainings', withoutPair: { playerIds_uuid: 0 } },
    { table: 'visits_early', withoutPair: { userId_uuid: 0 } },
    { table: 'visits_late', withoutPair: { userId_uuid: 0 } },
  ]);
  const progress = await readProgress(specimen.query, CLUB.name);
  expect(progress.map(({ table, doneRows, endedAt }) => [table, doneRows, endedAt !== null])).toEqual([
    ['users', USERS, true],
    ['sessions', USERS * 2, true],
    ['parent_links', USERS / 4, true],
    ['trainings', USERS / 4 + 1, true],
    ['visits_early', expect.any(Number), true],
    ['visits_late', expect.any(Number), true],
  ]);
  expect(seen.at(-1)).toMatchObject({ table: 'visits_late', secondsLeft: 0, throttled: null });
});

it('changes nothing but twins: no trigger of the service tells of it', async () => {
  await fillTwins(specimen.database, CLUB, { source: 'numeric' });
  const [row] = await specimen.query(
    `SELECT count(*)::int AS touched FROM users WHERE "updatedAt" <> '2020-01-01'`,
  );
  expect(row).toEqual({ touched: 0 });
});

it('writes most new versions beside the old ones', async () => {
  await fillTwins(specimen.database, CLUB, { source: 'numeric' });
  await specimen.query('SELECT pg_stat_force_next_flush()');
  const [row] = await specimen.query<{ share: number }>(
    `SELECT n_tup_hot_upd::float8 / n_tup_upd AS share FROM pg_stat_user_tables WHERE relname = 'sessions'`,
  );
  expect(row!.share).toBeGreaterThan(0.6);
});

it('fills the twins that it is asked for, and later the others', async () => {
  const [key] = CLUB.keys;
  await fillTwins(specimen.database, CLUB, {
    source: 'numeric',
    twins: [{ role: 'key', table: 'users', column: 'id', key: key! }],
  });
  const counts = `SELECT count(id_uuid)::int AS keys, count("invitedBy_uuid")::int AS references FROM users`;
  expect(await specimen.query(counts)).toEqual([{ keys: USERS, references: 0 }]);
  await fillTwins(specimen.database, CLUB, { source: 'numeric' });
  expect(await specimen.wrong()).toBe(0);
});

it('leaves what has no pair as it is, and counts it', async () => {
  await specimen.query(`ALTER TABLE sessions DISABLE TRIGGER ALL`);
  await specimen.query(`DELETE FROM id_conversion.users_ids WHERE number = 7`);
  await specimen.query(`UPDATE users SET "invitedBy" = NULL WHERE "invitedBy" = 7`);
  const filled = await fillTwins(specimen.database, CLUB, { source: 'numeric' });
  expect(filled.find(({ table }) => table === 'sessions')).toEqual({
    table: 'sessions',
    withoutPair: { userId_uuid: 2 },
  });
  expect(filled.find(({ table }) => table === 'users')?.withoutPair).toEqual({
    id_uuid: 1,
    invitedBy_uuid: 0,
  });
});

it('goes back: numbers from UUIDs, in their own types', async () => {
  await fillTwins(specimen.database, CLUB, { source: 'numeric' });
  await specimen.query(`
    ALTER TABLE sessions DISABLE TRIGGER USER, ALTER "userId" DROP NOT NULL;
    CREATE TABLE before AS SELECT id, "userId" FROM sessions;
    CREATE TABLE before_trainings AS SELECT id, "playerIds" FROM trainings;
    UPDATE sessions SET "userId" = NULL; UPDATE trainings SET "playerIds" = NULL`);
  const twins = CLUB.references
    .filter(({ table }) => table === 'sessions' || table === 'trainings')
    .map((reference) => ({
      role: 'reference' as const,
      table: reference.table,
      column: reference.column,
      references: [reference] as const,
    }));
  await fillTwins(specimen.database, CLUB, { source: 'uuid', twins });
  expect(
    await specimen.query(`
      SELECT (SELECT count(*) FROM sessions s JOIN before b USING (id) WHERE s."userId" IS DISTINCT FROM b."userId")::int AS sessions,
             (SELECT count(*) FROM trainings s JOIN before_trainings b USING (id) WHERE s."playerIds" IS DISTINCT FROM b."playerIds")::int AS trainings`),
  ).toEqual([{ sessions: 0, trainings: 0 }]);
});

it('says so when a twin has no column', async () => {
  await specimen.query('ALTER TABLE sessions DROP "userId_uuid"');
  await expect(fillTwins(specimen.database, CLUB, { source: 'numeric' })).rejects.toMatchObject({
    code: 'FILL_FAILED',
    message:
      'user-service: sessions has no column userId_uuid that could be filled. The first phase (AddUuidColumns), or the ' +
      "contract's way back, adds it: run that first.",
  });
});

it('says which table and why when a row refuses its twin', async () => {
  await specimen.query(
    `ALTER TABLE sessions ADD CONSTRAINT none CHECK (token <> md5('77') OR "userId_uuid" IS NULL)`,
  );
  await expect(fillTwins(specimen.database, CLUB, { source: 'numeric' })).rejects.toMatchObject({
    code: 'FILL_FAILED',
    message: expect.stringMatching(
      /^user-service: filling userId_uuid of sessions failed: .* violates check constraint "none" \(SQLSTATE 23514\)\. What was filled before stays;/,
    ),
  });
});
