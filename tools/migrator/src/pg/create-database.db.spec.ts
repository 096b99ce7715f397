import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { testServerUrl } from '../testing/migrator-tests.config';
import { withConnection } from './connect';
import { databaseName, withDatabase } from './connection-url';
import { connectIfExists, createDatabase } from './create-database';

const server = testServerUrl();
let url: string;

beforeEach(() => {
  url = withDatabase(server, `My club's "${randomBytes(5).toString('hex')}"`, 'test');
});

afterEach(() =>
  withConnection(server, 'test', async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(databaseName(url, 'test'))} WITH (FORCE)`);
  }),
);

it('creates a database that is missing, in UTF-8, whatever its name', async () => {
  expect(await connectIfExists(url, 'test')).toBeUndefined();
  expect(await createDatabase(url, 'test')).toBe(true);
  const { rows } = await withConnection(url, 'test', (client) =>
    client.query(`SELECT current_database() AS name, current_setting('server_encoding') AS encoding`),
  );
  expect(rows).toEqual([{ name: databaseName(url, 'test'), encoding: 'UTF8' }]);
});

it('leaves a database that exists as it is', async () => {
  await createDatabase(url, 'test');
  await withConnection(url, 'test', (client) => client.query('CREATE TABLE teams (id int)'));
  expect(await createDatabase(url, 'test')).toBe(false);
  const client = await connectIfExists(url, 'test');
  expect((await client?.query('SELECT FROM teams'))?.rowCount).toBe(0);
  await client?.end();
});

it('creates it once when many want it at the same moment', async () => {
  const created = await Promise.all(Array.from({ length: 8 }, () => createDatabase(url, 'test')));
  expect(created.filter(Boolean)).toHaveLength(1);
  await withConnection(url, 'test', (client) => client.query('SELECT 1'));
});

it('creates it while somebody is connected to template1', async () => {
  const other = new Client({ connectionString: withDatabase(server, 'template1', 'test') });
  await other.connect();
  try {
    expect(await createDatabase(url, 'test')).toBe(true);
  } finally {
    await other.end();
  }
});
