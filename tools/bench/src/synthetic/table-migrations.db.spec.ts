import { randomBytes } from 'node:crypto';
import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import type { Client } from 'pg';
import { databaseUrlOf, dropDatabases, recreateDatabases, withClient } from '../databases';
import { schemaFingerprint } from '../schema-fingerprint';
import { tableMigrations, type SyntheticStatement } from './table-migrations';

const service = `bench-${randomBytes(5).toString('hex')}`;
const serverUrl = testDatabaseUrl();
const migrations = [...tableMigrations('clubs'), ...tableMigrations('squads', 'clubs')];

const send = async (client: Client, statements: readonly SyntheticStatement[]) => {
  for (const { sql, parameters } of statements) await client.query(sql, parameters && [...parameters]);
};

beforeAll(() => withClient(serverUrl, (admin) => recreateDatabases(admin, [service])));
afterAll(() => withClient(serverUrl, (admin) => dropDatabases(admin, [service])));

it('goes up and down again, and leaves nothing behind', async () => {
  await withClient(databaseUrlOf(service, serverUrl), async (client) => {
    const empty = await schemaFingerprint(serverUrl, [service]);
    const seen = new Set([empty]);
    for (const { up } of migrations) {
      await send(client, up);
      seen.add(await schemaFingerprint(serverUrl, [service]));
    }
    // Every migration but the two that only write rows changes the schema, and the fingerprint sees it.
    expect(seen.size).toBe(1 + migrations.length - 2);
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::int FROM clubs) AS clubs, (SELECT count(*)::int FROM squads_entries) AS entries`,
    );
    expect(rows).toEqual([{ clubs: 20, entries: 20 }]);

    for (const { down } of [...migrations].reverse()) await send(client, down);
    expect(await schemaFingerprint(serverUrl, [service])).toBe(empty);
  });
});
