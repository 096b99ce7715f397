/**
 * The databases of a case's services on the bench's own server: made anew before a run, asked afterwards how long the
 * server worked in them and what is in them. All of it lies outside of what is measured.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { databaseNameOf, resolveDatabaseUrl } from '@hockey-hub/shared-lib/src/database/database-url';
import { Client, escapeIdentifier } from 'pg';
import { BenchError } from './errors';

const POLL_MS = 5;
const DISCONNECT_TIMEOUT_MS = 10_000;

/** The URL of a service's database on the server, as every contender derives it. */
export function databaseUrlOf(service: string, serverUrl: string): string {
  return resolveDatabaseUrl(service, { DATABASE_URL: serverUrl })!;
}

/** Runs `work` in a connection of its own. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every service gets a new empty database, and the server has nothing of what happened before left to write. */
export async function recreateDatabases(admin: Client, services: readonly string[]): Promise<void> {
  await dropDatabases(admin, services);
  for (const service of services) {
    await admin.query(`CREATE DATABASE ${escapeIdentifier(databaseNameOf(service))} TEMPLATE template0`);
  }
  await admin.query('CHECKPOINT');
}

export async function dropDatabases(admin: Client, services: readonly string[]): Promise<void> {
  for (const service of services) {
    await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(databaseNameOf(service))} WITH (FORCE)`);
  }
}

/**
 * Milliseconds that sessions in the services' databases spent executing, since the databases were made. A session
 * adds its part when it ends, so this waits until all of them have.
 * https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW
 * @throws BenchError STILL_CONNECTED
 */
export async function serverBusyMs(admin: Client, services: readonly string[]): Promise<number> {
  const names = services.map(databaseNameOf);
  const deadline = performance.now() + DISCONNECT_TIMEOUT_MS;
  while (await isConnected(admin, names)) {
    if (performance.now() > deadline) {
      throw new BenchError(
        'STILL_CONNECTED',
        `a contender ended, but not its sessions in ${names.join(', ')}.`,
      );
    }
    await pause(POLL_MS);
  }
  const { rows } = await admin.query<{ busy: number }>(
    'SELECT coalesce(sum(active_time), 0)::float8 AS busy FROM pg_stat_database WHERE datname = ANY ($1)',
    [names],
  );
  return rows[0]!.busy;
}

async function isConnected(admin: Client, names: readonly string[]): Promise<boolean> {
  const { rowCount } = await admin.query(
    `SELECT FROM pg_stat_activity WHERE datname = ANY ($1) AND backend_type = 'client backend' LIMIT 1`,
    [names],
  );
  return rowCount !== 0;
}
