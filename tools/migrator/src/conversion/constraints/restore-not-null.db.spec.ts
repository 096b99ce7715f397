import type { ConversionDatabase } from '../conversion-database';
import { conversionDatabaseOver } from '../conversion-database-over';
import type { IdConversion } from '../declaration';
import { pairedDatabase, type PairedDatabase } from '../pairing/paired-database';
import { restoreNotNull } from './restore-not-null';

const TRAINING: IdConversion = {
  name: 'users',
  service: 'training-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [{ kind: 'column', table: 'assignments', column: 'playerId', to: 'users' }],
};
const PLAYER = '0190f000-0000-7000-8000-000000000003';

let paired: PairedDatabase;
let database: ConversionDatabase;

beforeAll(async () => {
  paired = await pairedDatabase(TRAINING, {
    schema: 'CREATE TABLE assignments (kind text PRIMARY KEY, "playerId" integer NOT NULL)',
    before: `INSERT INTO assignments SELECT 'drill ' || n, n FROM generate_series(1, 100) AS n`,
  });
  database = conversionDatabaseOver(await paired.session(), 'training-service', paired.url);
});
afterAll(() => paired?.drop());

const restore = () => restoreNotNull(database, TRAINING, paired.facts, 'numeric');

async function rules() {
  const [row] = await paired.query<{ isRequired: boolean; checks: string[] }>(`
    SELECT attnotnull AS "isRequired", ARRAY(SELECT conname::text FROM pg_constraint WHERE conrelid = attrelid AND contype = 'c') AS checks
      FROM pg_attribute WHERE attrelid = 'assignments'::regclass AND attname = 'playerId'`);
  return row!;
}

async function timesRead() {
  // What the session has counted so far, a statement that failed included.
  await database.query('SELECT pg_stat_force_next_flush()');
  await paired.query('SELECT pg_stat_clear_snapshot()');
  const [row] = await paired.query<{ scans: number }>(
    `SELECT seq_scan::int AS scans FROM pg_stat_user_tables WHERE relname = 'assignments'`,
  );
  return row!.scans;
}

it('is refused while a row has not got its half, and leaves the check that it has one of them', async () => {
  await paired.query(`INSERT INTO assignments (kind, "playerId_uuid") VALUES ('skate', $1)`, [PLAYER]);
  await expect(restore()).rejects.toMatchObject({
    code: 'CONVERSION_INCOMPLETE',
    message: expect.stringContaining('rows of assignments have no playerId'),
  });
  expect(await rules()).toMatchObject({
    isRequired: false,
    checks: expect.arrayContaining(['assignments_playerId_has_a_half']),
  });
  await paired.query(`DELETE FROM assignments WHERE kind = 'skate'`);
});

it('reads the rows once, while clients go on: not again under the lock that they wait behind', async () => {
  const before = await timesRead();
  await restore();
  expect(await timesRead()).toBe(before + 1);
  expect(await rules()).toEqual({ isRequired: true, checks: [] });
});

it('has nothing to do when it is done', async () => {
  await restore();
  expect(await rules()).toEqual({ isRequired: true, checks: [] });
});
