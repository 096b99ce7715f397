import type { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { connect } from '../../pg/connect';
import { queryOf } from '../../pg/query';
import { ensureState } from './ensure-state';

let database: TestDatabase;
const sessions: Client[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  for (const session of sessions) await session.end();
  await database.drop();
});

it('makes the tables once, when eight want them at the same moment', async () => {
  for (let i = 0; i < 8; i++) sessions.push(await connect(database.url, 'test'));
  await Promise.all(sessions.map((session) => ensureState(queryOf(session))));
  const { rows } = await sessions[0]!.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'id_conversion' ORDER BY 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([
    'conversions',
    'dangling',
    'index_sizes',
    'kept',
    'lock_attempts',
    'ranges',
    'tasks',
  ]);
});

it('waits for nobody where they are there: a client may just be changing a key that they know', async () => {
  const [maker, client] = sessions as [Client, Client];
  await client.query(`BEGIN; UPDATE id_conversion.dangling SET row_key = '{}'`);
  try {
    await maker.query(`SET lock_timeout = '2s'`);
    await ensureState(queryOf(maker));
  } finally {
    await client.query('ROLLBACK');
  }
});
