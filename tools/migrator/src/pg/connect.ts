/**
 * Connections of the migrator to Postgres, and what went wrong with one, said so that it can be mended.
 * Owns no pool: every session here belongs to one piece of work that ends it.
 */
import { Client } from 'pg';
import { MigratorError } from '../errors';
import { describeUrl } from './connection-url';
import { SQLSTATE, sqlstateOf } from './sqlstate';

export const APPLICATION_NAME = 'hockey-hub-migrator';
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens a session.
 * @throws MigratorError CANNOT_CONNECT; a database that does not exist is thrown as `pg` reports it (3D000).
 */
export async function connect(url: string, service: string): Promise<Client> {
  const where = describeUrl(url, service);
  const client = new Client({
    connectionString: url,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // A session that breaks while nobody waits on it tells through its next query.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (sqlstateOf(error) === SQLSTATE.undefinedDatabase) throw error;
    throw new MigratorError('CANNOT_CONNECT', `${service}: cannot connect to ${where}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return client;
}

/** Runs `work` in a session of its own and ends the session, whatever happens. */
export async function withConnection<T>(
  url: string,
  service: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connect(url, service);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: string }).code;
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there. Is the server up, and are host and port right?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host is not known. Check its name in the database URL.';
    case SQLSTATE.invalidPassword:
    case SQLSTATE.invalidAuthorization:
      return 'the server refused the user or the password. Check the credentials in the database URL.';
    case SQLSTATE.tooManyConnections:
      return 'the server has no connection left. Wait, or raise max_connections.';
    case SQLSTATE.cannotConnectNow:
      return 'the server is starting up or shutting down. Try again in a moment.';
    default:
      return `${error instanceof Error && error.message ? error.message : String(error)}.`;
  }
}
