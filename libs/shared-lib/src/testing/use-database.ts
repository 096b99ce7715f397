import { Client } from 'pg';
import { createMigratedDatabase, type MigratedDatabaseSource } from './migrated-database';
import type { TestDatabase } from './test-database';

/** A migrated database for the tests of one file, and a connection to it. */
export interface DatabaseContext {
  client: Client;
  url: string;
  /** Asks for one column, as a list of its values. */
  readonly column: <Value>(sql: string, values?: unknown[]) => Promise<Value[]>;
}

/** Registers the hooks. What is returned is filled before the first test begins. */
export function useDatabase(source: MigratedDatabaseSource): DatabaseContext {
  let database: TestDatabase | undefined;
  const context = {
    column: async <Value>(text: string, values: unknown[] = []): Promise<Value[]> => {
      const { rows } = await context.client.query<unknown[]>({ text, values, rowMode: 'array' });
      return rows.map(([value]) => value as Value);
    },
  } as DatabaseContext;

  beforeAll(async () => {
    database = await createMigratedDatabase(source);
    context.url = database.url;
    context.client = new Client({ connectionString: database.url });
    await context.client.connect();
  });
  afterAll(async () => {
    await context.client?.end();
    await database?.drop();
  });
  return context;
}
