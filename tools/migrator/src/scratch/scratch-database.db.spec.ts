import type { TemporaryPostgres } from '@hockey-hub/dev-services';
import { Client, escapeIdentifier } from 'pg';
import { withConnection } from '../pg/connect';
import { databaseName, withDatabase } from '../pg/connection-url';
import { withScratch, withScratchDatabases } from './scratch-database';
import { startOwnServer } from '../testing/own-server';

// A server of its own: on one that is shared, the sweep of another test would come into these.
let postgres: TemporaryPostgres;
let server: string;
const HOUR_MS = 60 * 60 * 1_000;
const made: string[] = [];

const admin = <T>(work: (client: Client) => Promise<T>) => withConnection(server, 'test', work);

async function exists(name: string): Promise<boolean> {
  const { rowCount } = await admin((client) =>
    client.query('SELECT FROM pg_database WHERE datname = $1', [name]),
  );
  return rowCount === 1;
}

/** A database as a migrator that was killed, or still works, would leave it. */
async function make(name: string): Promise<string> {
  made.push(name);
  await admin((client) => client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`));
  return withDatabase(server, name, 'test');
}

const named = (madeAt: number) =>
  `migrator_scratch_${Math.round(madeAt)}_${Math.random().toString(16).slice(2, 10)}`;
const use = (url = server) =>
  withScratchDatabases(url, 'test', 1, async (scratch) => databaseName(scratch, 'test'));

beforeAll(async () => {
  postgres = await startOwnServer();
  server = postgres.url;
});
afterAll(() => postgres?.stop());

afterEach(async () => {
  for (const name of made.splice(0)) {
    await admin((client) => client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`));
  }
});

it('gives as many empty databases as asked for, and drops them in the end', async () => {
  const names = await withScratchDatabases(server, 'test', 2, async (...urls) => {
    const found = await Promise.all(
      urls.map((url) =>
        withConnection(url, 'test', async (client) => {
          await client.query('CREATE TABLE teams (id int)');
          return databaseName(url, 'test');
        }),
      ),
    );
    expect(new Set(found).size).toBe(2);
    return found;
  });
  expect(await Promise.all(names.map(exists))).toEqual([false, false]);
});

it('drops them when the work fails, also while a session of it is still open', async () => {
  let name = '';
  let left: Client | undefined;
  const work = withScratchDatabases(server, 'test', 1, async (url) => {
    name = databaseName(url, 'test');
    left = new Client({ connectionString: url });
    left.on('error', () => undefined);
    await left.connect();
    throw new Error('the work failed');
  });
  await expect(work).rejects.toThrow('the work failed');
  expect(await exists(name)).toBe(false);
  await left?.end();
});

it('drops them where the server has no session left to give, and tells what went wrong in the work', async () => {
  const role = `scratch_role_${Math.random().toString(16).slice(2, 10)}`;
  const limited = `CREATE ROLE ${role} LOGIN CREATEDB CONNECTION LIMIT 1 PASSWORD 'scratch'`;
  await admin((client) => client.query(limited));
  const names: string[] = [];
  try {
    const url = new URL(server);
    url.username = role;
    url.password = 'scratch';
    const work = withScratch(url.href, 'test', async (scratch) => {
      for (let count = 0; count < 3; count++) names.push(databaseName(await scratch.create(), 'test'));
      throw new Error('the work failed');
    });
    await expect(work).rejects.toThrow('the work failed');
    expect(await Promise.all(names.map(exists))).toEqual([false, false, false]);
  } finally {
    await admin((client) => client.query(`DROP ROLE ${role}`));
  }
});

it('sweeps what a killed migrator left an hour ago', async () => {
  const abandoned = named(Date.now() - HOUR_MS - 1_000);
  await make(abandoned);
  await use();
  expect(await exists(abandoned)).toBe(false);
});

it("keeps somebody else's that is young, or still used, or not ours by its name", async () => {
  const young = named(Date.now() - HOUR_MS / 2);
  const used = named(Date.now() - 2 * HOUR_MS);
  const strangers = [
    'migrator_scratch_',
    'migrator_scratch_1',
    'migrator_scratch_x_1',
    'my_migrator_scratch_1_1',
  ];
  for (const name of [young, ...strangers]) await make(name);
  const user = new Client({ connectionString: await make(used) });
  await user.connect();
  try {
    await use();
    expect(await Promise.all([young, used, ...strangers].map(exists))).toEqual(Array(6).fill(true));
    expect((await user.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  } finally {
    await user.end();
  }
});

it('works for a role that may not drop what another role has abandoned', async () => {
  const role = `scratch_role_${Math.random().toString(16).slice(2, 10)}`;
  const abandoned = named(Date.now() - 2 * HOUR_MS);
  await make(abandoned);
  await admin((client) => client.query(`CREATE ROLE ${role} LOGIN CREATEDB PASSWORD 'scratch'`));
  try {
    const url = new URL(server);
    url.username = role;
    url.password = 'scratch';
    expect(await exists(await use(url.href))).toBe(false);
    expect(await exists(abandoned)).toBe(true);
  } finally {
    await admin((client) => client.query(`DROP ROLE ${role}`));
  }
});

it('gives each of several migrators its own, and lets them sweep at the same time', async () => {
  const abandoned = [named(1_000), named(2_000), named(3_000)];
  for (const name of abandoned) await make(name);
  const names = await Promise.all(Array.from({ length: 4 }, () => use()));
  expect(new Set(names).size).toBe(4);
  expect(await Promise.all(abandoned.map(exists))).toEqual([false, false, false]);
});
