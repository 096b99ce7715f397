import { createFillSpecimen, type FillSpecimen } from '../backfill/fill-specimen';
import { copyIdMap, type CopiedPart } from './copy-id-map';
import { digestsAgree, mapDigest } from './map-digest';

const USERS = 4_000;
let owner: FillSpecimen;
let referrer: FillSpecimen;

beforeEach(async () => {
  [owner, referrer] = await Promise.all([
    createFillSpecimen(USERS),
    createFillSpecimen(4, { paired: false }),
  ]);
  await referrer.query('DELETE FROM id_conversion.users_ids');
});

afterEach(() => Promise.all([owner.drop(), referrer.drop()]));

const training = () => ({ ...referrer.database, service: 'training-service' });

async function agree(): Promise<boolean> {
  return digestsAgree(await mapDigest(owner.query, 'users'), await mapDigest(referrer.query, 'users'));
}

it('carries every pair, and next time the new ones alone', async () => {
  await owner.query(
    `INSERT INTO id_conversion.users_ids VALUES (-9223372036854775808, gen_random_uuid()), (9223372036854775807, gen_random_uuid())`,
  );
  const parts: CopiedPart[] = [];
  const options = { pairsAtOnce: 1_000, onPart: (part: CopiedPart) => parts.push(part) };
  await copyIdMap(owner.database, training(), 'users', options);
  expect(await agree()).toBe(true);
  expect(parts.map(({ wasCarried }) => wasCarried)).toEqual([true, true, true, true, true]);

  parts.length = 0;
  await owner.query(`INSERT INTO id_conversion.users_ids VALUES (5000, gen_random_uuid())`);
  await copyIdMap(owner.database, training(), 'users', options);
  expect(await agree()).toBe(true);
  expect(parts.map(({ wasCarried }) => wasCarried)).toEqual([false, false, false, false, true]);
});

it('copies a map without pairs', async () => {
  await owner.query('DELETE FROM id_conversion.users_ids');
  await copyIdMap(owner.database, training(), 'users');
  expect(await agree()).toBe(true);
});

it('adds to what events have brought already, and lets these be ahead', async () => {
  const pairs = await owner.query<{ number: string; uuid: string }>(
    `SELECT number, uuid FROM id_conversion.users_ids WHERE number % 3 = 0`,
  );
  for (const { number, uuid } of pairs.slice(0, 50)) {
    await referrer.query(`INSERT INTO id_conversion.users_ids VALUES ($1, $2)`, [number, uuid]);
  }
  await copyIdMap(owner.database, training(), 'users');
  expect(await agree()).toBe(true);
});

it('goes on when both servers cut its connections', async () => {
  let cuts = 0;
  const cut = () => {
    if (++cuts > 2) return;
    for (const { query } of [owner, referrer]) {
      void query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
    }
  };
  await copyIdMap(owner.database, training(), 'users', { pairsAtOnce: 500, onPart: cut });
  expect(cuts).toBeGreaterThan(2);
  expect(await agree()).toBe(true);
});

it('says which pair contradicts the owner, and copies nothing of that part', async () => {
  const [pair] = await owner.query<{ uuid: string }>(
    `SELECT uuid FROM id_conversion.users_ids WHERE number = 7`,
  );
  const other = '01900000-0000-7000-8000-000000000007';
  await referrer.query(`INSERT INTO id_conversion.users_ids VALUES (7, $1)`, [other]);
  await expect(copyIdMap(owner.database, training(), 'users')).rejects.toMatchObject({
    code: 'ID_MAPS_DISAGREE',
    message: expect.stringContaining(
      `training-service: its id map of users contradicts user-service's: 7 is ${pair!.uuid} there, and ${other} in training-service.`,
    ),
  });
  expect(await mapDigest(referrer.query, 'users')).toMatchObject({ pairs: '1' });
});

it.each([3_999_999, -3])('finds pairs that the owner does not have, such as %i', async (number) => {
  await referrer.query(`INSERT INTO id_conversion.users_ids VALUES ($1, gen_random_uuid())`, [number]);
  await expect(copyIdMap(owner.database, training(), 'users')).rejects.toMatchObject({
    code: 'ID_MAPS_DISAGREE',
    message: expect.stringMatching(
      /^training-service: its id map of users has \d+ pairs .* Pairs that the owner does not have/,
    ),
  });
});

it('tells maps apart in which two numbers have changed places', async () => {
  const before = await mapDigest(owner.query, 'users');
  await owner.query(`
    UPDATE id_conversion.users_ids SET number = -1 WHERE number = 1;
    UPDATE id_conversion.users_ids SET number = 1 WHERE number = 2;
    UPDATE id_conversion.users_ids SET number = 2 WHERE number = -1`);
  const after = await mapDigest(owner.query, 'users');
  expect(after.pairs).toBe(before.pairs);
  expect(after.checksum).not.toBe(before.checksum);
});

it('computes what is the same on every version of Postgres', async () => {
  await owner.query(`DELETE FROM id_conversion.users_ids`);
  await owner.query(
    `INSERT INTO id_conversion.users_ids SELECT n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid FROM generate_series(1, 1000) n`,
  );
  expect(await mapDigest(owner.query, 'users')).toMatchObject({
    pairs: '1000',
    checksum: '291561309653189274801',
  });
});
