/**
 * A restored database takes a name for good: a new one, or that of the live database, which steps aside. Postgres renames
 * only what nobody is connected to, and two renames in one transaction are one: at every moment the live name is the old
 * database or the whole new one.
 */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../errors';
import { databaseName } from '../pg/connection-url';
import type { Query } from '../pg/query';
import { SQLSTATE, sqlstateOf } from '../pg/sqlstate';
import { newBackupId, replacedName } from './backup-id';
import { onServer } from './clone-backup';
import { copyDatabaseProperties } from './database-properties';
import { describeSessions, sessionsIn } from './sessions-in';

/** @throws MigratorError DATABASE_EXISTS */
export async function expectNoDatabase(url: string, service: string, name: string): Promise<void> {
  if (await onServer(url, service, (query) => databaseExists(query, name))) throw exists(service, name);
}

/**
 * @param restored URL of the database that takes the name
 * @throws MigratorError DATABASE_EXISTS
 */
export async function keepAs(restored: string, service: string, name: string): Promise<void> {
  await onServer(restored, service, async (query) => {
    try {
      await query(renaming(databaseName(restored, service), name));
    } catch (error) {
      throw sqlstateOf(error) === SQLSTATE.duplicateDatabase ? exists(service, name) : error;
    }
  });
}

/** @throws MigratorError DATABASE_IN_USE, naming who is connected */
export async function expectNobodyIn(url: string, service: string): Promise<void> {
  await onServer(url, service, (query) => refuseSessions(query, service, databaseName(url, service)));
}

/**
 * @param restored URL of the database that takes the live one's place
 * @returns the name that the live one has from now on; undefined when there was none
 * @throws MigratorError DATABASE_IN_USE; then nothing was changed
 */
export async function replaceLive(
  restored: string,
  live: string,
  service: string,
): Promise<string | undefined> {
  const [from, to] = [databaseName(restored, service), databaseName(live, service)];
  return onServer(live, service, async (query) => {
    const old = (await databaseExists(query, to)) ? replacedName(to, newBackupId()) : undefined;
    if (old !== undefined) await copyDatabaseProperties(query, to, from);
    await query('BEGIN');
    try {
      if (old !== undefined) await query(renaming(to, old));
      await query(renaming(from, to));
      await query('COMMIT');
    } catch (error) {
      await query('ROLLBACK');
      if (sqlstateOf(error) === SQLSTATE.objectInUse) await refuseSessions(query, service, to);
      throw error;
    }
    return old;
  });
}

function renaming(from: string, to: string): string {
  return `ALTER DATABASE ${escapeIdentifier(from)} RENAME TO ${escapeIdentifier(to)}`;
}

async function databaseExists(query: Query, name: string): Promise<boolean> {
  return (await query('SELECT FROM pg_database WHERE datname = $1', [name])).length > 0;
}

async function refuseSessions(query: Query, service: string, database: string): Promise<void> {
  const sessions = await sessionsIn(query, database);
  if (sessions.length === 0) return;
  throw new MigratorError(
    'DATABASE_IN_USE',
    `${service}: ${database} can be replaced only while nobody is connected to it, and these are:\n${describeSessions(sessions)}\n` +
      'Nothing was changed. Stop them and run again, or restore to another database with --to-database.',
  );
}

function exists(service: string, name: string): MigratorError {
  return new MigratorError(
    'DATABASE_EXISTS',
    `${service}: there is a database ${name} already, and a restore never writes into one. Choose another name, drop it first, ` +
      "or put the backup in the place of the service's own database with --replace.",
  );
}
