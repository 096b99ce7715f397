/** Makes a service's database where it is missing. */
import { escapeIdentifier } from 'pg';
import { connect, withConnection } from './connect';
import { databaseName, withDatabase } from './connection-url';
import { SQLSTATE, sqlstateOf } from './sqlstate';

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
 * @returns whether this call created it.
 */
export async function createDatabase(url: string, service: string): Promise<boolean> {
  const database = databaseName(url, service);
  return withConnection(withDatabase(url, 'postgres', service), service, async (client) => {
    try {
      await client.query(`CREATE DATABASE ${escapeIdentifier(database)} TEMPLATE template0 ENCODING 'UTF8'`);
      return true;
    } catch (error) {
      const state = sqlstateOf(error);
      // Two at once: the loser fails on the name, or on the catalog's unique index.
      if (state === SQLSTATE.duplicateDatabase || state === SQLSTATE.uniqueViolation) return false;
      throw error;
    }
  });
}
