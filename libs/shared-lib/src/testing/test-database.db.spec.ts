import { Client } from 'pg';
import { ConfigError } from '../config/config-error';
import { createDataSource } from '../database/data-source';
import { testDatabaseUrl } from './config';
import { createMigratedDatabase, createTestDatabase, testDatabaseConfig } from './index';
import { specimenDatabase } from './specimen/specimen-database';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const exists = async (name: string) =>
  (await query(testDatabaseUrl(), `SELECT FROM pg_database WHERE datname = '${name}'`)).length === 1;
const testDatabases = () =>
  query(testDatabaseUrl(), `SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'`);

afterEach(() => jest.restoreAllMocks());

it('makes an empty UTF-8 database, and removes it though somebody is connected', async () => {
  const database = await createTestDatabase();
  expect(
    await query(
      database.url,
      `SELECT current_database() AS name, current_setting('server_encoding') AS encoding`,
    ),
  ).toEqual([{ name: database.name, encoding: 'UTF8' }]);
  const guest = new Client({ connectionString: database.url });
  guest.on('error', () => undefined);
  await guest.connect();
  await database.drop();
  expect(await exists(database.name)).toBe(false);
  await database.drop();
});

it.each([
  ['what a service says about its database', specimenDatabase],
  [
    'its DataSource',
    createDataSource({ ...specimenDatabase, config: testDatabaseConfig('postgres://127.0.0.1:1/none') }),
  ],
])('runs the migrations of %s', async (_what, source) => {
  const database = await createMigratedDatabase(source);
  try {
    expect(await query(database.url, 'SELECT name FROM migrations ORDER BY id')).toEqual([
      { name: 'CreateSquads1764000000000' },
      { name: 'AddMotto1764000001000' },
    ]);
  } finally {
    await database.drop();
  }
});

it('leaves nothing behind when a migration fails', async () => {
  class Broken1764000002000 {
    name = 'Broken1764000002000';
    up = () => Promise.reject(new Error('broken'));
    down = () => Promise.resolve();
  }
  // TypeORM reports a failed migration on the console.
  jest.spyOn(console, 'log').mockImplementation();
  const before = (await testDatabases()).length;
  await expect(
    createMigratedDatabase({ ...specimenDatabase, migrations: [Broken1764000002000] }),
  ).rejects.toThrow('broken');
  expect((await testDatabases()).length).toBe(before);
});

it('says what to do when no server is named', () => {
  expect(() => testDatabaseUrl({})).toThrow(ConfigError);
});
