/** Makes a service's database where it is missing. */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../errors';
import { connect, withConnection } from './connect';
import { databaseName, withDatabase } from './connection-url';
import { SQLSTATE, sqlstateOf } from './sqlstate';

/** Every server has it: where one connects to make another. */
export const MAINTENANCE_DATABASE = 'postgres';

/** A session in the service's database; undefined when the database does not exist. */
export async function connectIfExists(url: string, service: string) {
  try {
    return await connect(url, service);
  } catch (error) {
    if (sqlstateOf(error) === SQLSTATE.undefinedDatabase) return undefined;
    throw error;
  }
}

/**
 * Creates the database that `url` names, unless somebody else does at the same moment.
 * From template0: nobody can be connected to it, so concurrent creators never block each other on the template.
 * @returns whether this call created it
 * @throws MigratorError CANNOT_CREATE_DATABASE
 */
export async function createDatabase(url: string, service: string): Promise<boolean> {
  const database = databaseName(url, service);
  try {
    await withConnection(withDatabase(url, MAINTENANCE_DATABASE, service), service, (client) =>
      client.query(`CREATE DATABASE ${escapeIdentifier(database)} TEMPLATE template0 ENCODING 'UTF8'`),
    );
    return true;
  } catch (error) {
    const state = sqlstateOf(error);
    // Two at once: the loser fails on the name, or on the catalog's unique index.
    if (state === SQLSTATE.duplicateDatabase || state === SQLSTATE.uniqueViolation) return false;
    if (error instanceof MigratorError) throw error;
    throw new MigratorError(
      'CANNOT_CREATE_DATABASE',
      `${service}: its database ${database} does not exist, and creating it failed: ` +
        `${error instanceof Error ? error.message : String(error)}. Create it by hand, or give the role in the URL CREATEDB.`,
      { cause: error },
    );
  }
}
