/** Copies of databases on their own server, as they are at one moment: what a conversion is compared with at its end. */
import type { DatabaseUrls } from '@hockey-hub/conversion-clients';
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';
import { databaseName, withDatabase } from '@hockey-hub/migrator/src/pg/connection-url';
import { MAINTENANCE_DATABASE } from '@hockey-hub/migrator/src/pg/create-database';
import { escapeIdentifier } from 'pg';

/** Nobody may be connected to them; Postgres waits five seconds for those who are about to go. */
export async function copyDatabases(urls: DatabaseUrls): Promise<DatabaseUrls> {
  return { user: await copyDatabase(urls.user), training: await copyDatabase(urls.training) };
}

async function copyDatabase(url: string): Promise<string> {
  const name = databaseName(url, 'trial');
  const copy = `${name}_before`;
  await onServerOf(url, `CREATE DATABASE ${escapeIdentifier(copy)} TEMPLATE ${escapeIdentifier(name)}`);
  return withDatabase(url, copy, 'trial');
}

/** Whoever is connected is thrown out. */
export async function dropDatabases(urls: DatabaseUrls): Promise<void> {
  for (const url of [urls.user, urls.training]) {
    const name = escapeIdentifier(databaseName(url, 'trial'));
    await onServerOf(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function onServerOf(url: string, sql: string): Promise<void> {
  await withConnection(withDatabase(url, MAINTENANCE_DATABASE, 'trial'), 'trial', (client) =>
    client.query(sql),
  );
}
