import { Client, escapeIdentifier } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { testDatabaseUrl } from './config';

/** A database that one test file has to itself. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Ends what is still connected, and removes the database. May be called again. */
  drop(): Promise<void>;
}

/** Makes an empty UTF-8 database on the server in TEST_DATABASE_URL. The caller drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = testDatabaseUrl();
  const name = `test_${uuidv7().replaceAll('-', '')}`;
  await execute(serverUrl, `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: () => execute(serverUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
