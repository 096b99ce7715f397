import { Client, escapeIdentifier } from 'pg';
import type { DataSource } from 'typeorm';
import { createTestDatabase, testDatabaseConfig, type TestDatabase } from '../testing';
import { createDataSource } from './data-source';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  await makeSerializable(database);
  const config = {
    ...testDatabaseConfig(database.url),
    statementTimeoutMs: 50,
    lockTimeoutMs: 40,
    poolSize: 1,
  };
  dataSource = await createDataSource({ service: 'user-service', entities: [], config }).initialize();
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

/** Somebody's default, for this database, which sessions have unless they say otherwise. */
async function makeSerializable({ url, name }: TestDatabase): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `ALTER DATABASE ${escapeIdentifier(name)} SET default_transaction_isolation = 'serializable'`,
    );
  } finally {
    await client.end();
  }
}

it('sets the name, the isolation and the timeouts of its sessions', async () => {
  const settings = [
    'application_name',
    'statement_timeout',
    'lock_timeout',
    'idle_in_transaction_session_timeout',
    'default_transaction_isolation',
  ];
  const [row] = await dataSource.query<Record<string, string>[]>(
    `SELECT ${settings.map((name) => `current_setting('${name}') AS ${name}`).join(', ')}`,
  );
  expect(row).toEqual({
    application_name: 'user-service',
    statement_timeout: '50ms',
    lock_timeout: '40ms',
    idle_in_transaction_session_timeout: '1min',
    default_transaction_isolation: 'read committed',
  });
});

it('lets the database end a statement that takes too long', async () => {
  await expect(dataSource.query('SELECT pg_sleep(60)')).rejects.toMatchObject({
    driverError: { code: '57014' },
  });
});

it('leaves an empty database empty', async () => {
  expect(
    await dataSource.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`),
  ).toEqual([]);
  expect(await dataSource.query(`SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'`)).toEqual([]);
});
