import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { readLedger } from '../ledger/ledger';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { claimDatabase, connectSession } from './session';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function claim(): Promise<void> {
  const session = await connectSession('user-service', database.url);
  try {
    await claimDatabase(session, () => undefined);
  } finally {
    await session.close();
  }
}

const state = () =>
  withConnection(database.url, 'test', async (client) => ({
    ledger: (await readLedger('user-service', queryOf(client))).state,
    schemas: (await client.query(`SELECT to_regnamespace('migrator') AS migrator`)).rows,
  }));

it('makes a ledger in an empty database, and again nothing', async () => {
  await claim();
  await claim();
  expect((await state()).ledger).toBe('present');
});

it('refuses a database in which somebody made tables since it was planned, and leaves nothing in it', async () => {
  await withConnection(database.url, 'test', (client) =>
    client.query('CREATE TABLE of_somebody_else (id int)'),
  );
  await expect(claim()).rejects.toMatchObject({
    code: 'DATABASE_NOT_ADOPTED',
    services: ['user-service'],
  });
  expect(await state()).toEqual({ ledger: 'foreign', schemas: [{ migrator: null }] });
});
