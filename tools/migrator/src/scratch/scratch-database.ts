/**
 * Databases that live as long as one question: made on the service's own server, dropped when it is answered.
 * Owns their names, their end, and the sweep of those whose process was killed before it could drop them.
 */
import { randomBytes } from 'node:crypto';
import { escapeIdentifier, type Client } from 'pg';
import { withConnection } from '../pg/connect';
import { withDatabase } from '../pg/connection-url';
import { SQLSTATE, sqlstateOf } from '../pg/sqlstate';
import { MAINTENANCE_DATABASE } from '../pg/create-database';

const PREFIX = 'migrator_scratch_';
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;

/**
 * Runs `work` with the URLs of `count` new empty databases, and drops them whatever happens.
 * @param url any database on the server; its role needs CREATEDB
 */
export async function withScratchDatabases<T>(
  url: string,
  service: string,
  count: number,
  work: (...urls: string[]) => Promise<T>,
): Promise<T> {
  return withConnection(withDatabase(url, MAINTENANCE_DATABASE, service), service, async (client) => {
    await dropAbandoned(client);
    const names = Array.from(
      { length: count },
      () => `${PREFIX}${Date.now()}_${randomBytes(4).toString('hex')}`,
    );
    try {
      for (const name of names)
        await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
      return await work(...names.map((name) => withDatabase(url, name, service)));
    } finally {
      for (const name of names) await drop(client, name);
    }
  });
}

/** FORCE ends the sessions that a failed piece of work may have left in it. */
async function drop(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

/**
 * A name says when it was made; an old one that nobody is connected to belongs to nobody. What is another role's stays
 * for a migrator of that role, and what somebody connects to at this very moment is not abandoned.
 */
async function dropAbandoned(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database d
     WHERE datname ~ ('^' || $1 || '[0-9]{1,15}_') AND pg_has_role(d.datdba, 'USAGE')
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
    [PREFIX],
  );
  const madeBefore = Date.now() - ABANDONED_AFTER_MS;
  for (const { name } of rows) {
    if (Number.parseInt(name.slice(PREFIX.length), 10) >= madeBefore) continue;
    try {
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`);
    } catch (error) {
      if (sqlstateOf(error) !== SQLSTATE.objectInUse) throw error;
    }
  }
}
