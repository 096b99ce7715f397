import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import { compareMaps } from './compare-maps';

/** More than are compared one by one at once. */
const PAIRS = 100_000;
/** The same in both databases. */
const UUID = `md5(n::text)::uuid`;

const databases: TestDatabase[] = [];
const sessions: Client[] = [];
let copy: Query;
let owner: Query;

async function database(): Promise<Query> {
  const made = await createTestDatabase();
  databases.push(made);
  const session = await connect(made.url, 'test');
  sessions.push(session);
  const query = queryOf(session);
  await query('CREATE SCHEMA id_conversion');
  await query('CREATE TABLE id_conversion.users_ids (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE)');
  await query(
    `INSERT INTO id_conversion.users_ids SELECT n, ${UUID} FROM generate_series(-${PAIRS / 2}, ${PAIRS / 2 - 1}) n`,
  );
  return query;
}

beforeAll(async () => {
  [copy, owner] = [await database(), await database()];
});
afterAll(async () => {
  for (const session of sessions) await session.end();
  for (const made of databases) await made.drop();
});

it('finds each pair that is missing, another one, or too many, wherever it is among many', async () => {
  expect(await compareMaps(copy, owner, 'users')).toMatchObject({ missing: 0, differing: 0, examples: [] });

  await copy(`DELETE FROM id_conversion.users_ids WHERE number IN (-50000, 7, 49999)`);
  await copy(`UPDATE id_conversion.users_ids SET uuid = md5('another')::uuid WHERE number = 31000`);
  await copy(`INSERT INTO id_conversion.users_ids VALUES (9000000000, md5('nobody')::uuid)`);
  const { missing, missingNumbers, differing, examples, ours, theirs } = await compareMaps(
    copy,
    owner,
    'users',
  );
  expect([ours.pairs, theirs.pairs]).toEqual(['99998', '100000']);
  expect([missing, missingNumbers]).toEqual([3, ['-50000', '7', '49999']]);
  expect(differing).toBe(2);
  expect(examples).toEqual([
    expect.stringMatching(/^31000 is [0-9a-f-]{36} here, and [0-9a-f-]{36} there$/),
    expect.stringMatching(/^9000000000 is [0-9a-f-]{36} here, and not there$/),
  ]);
});

it('only counts what is missing of an empty copy', async () => {
  await copy('TRUNCATE id_conversion.users_ids');
  expect(await compareMaps(copy, owner, 'users')).toMatchObject({
    missing: PAIRS,
    missingNumbers: [],
    differing: 0,
  });
});
