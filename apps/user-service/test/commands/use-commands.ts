import { createDataSource } from '@hockey-hub/shared-lib';
import {
  createMigratedDatabase,
  testDatabaseConfig,
  type TestDatabase,
} from '@hockey-hub/shared-lib/src/testing';
import { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { userDatabase } from '../../src/user-database';
import { Rows } from '../database/rows';

/** The service's command handlers on a migrated database, without the transport. */
export interface CommandsContext {
  dataSource: DataSource;
  rows: Rows;
  /** Calls a handler in a transaction, as whoever processes commands does. */
  readonly decide: <Reply>(handle: (manager: EntityManager) => Promise<Reply>) => Promise<Reply>;
  /** All rows of a query. */
  readonly query: (sql: string, ...values: unknown[]) => Promise<Record<string, unknown>[]>;
}

/** Registers the hooks. What is returned is filled before the first test begins. */
export function useCommands(): CommandsContext {
  let database: TestDatabase | undefined;
  let client: Client | undefined;
  const context = {
    decide: (handle) => context.dataSource.transaction(handle),
    query: (sql, ...values) => context.dataSource.query(sql, values),
  } as CommandsContext;

  beforeAll(async () => {
    database = await createMigratedDatabase(userDatabase);
    context.dataSource = createDataSource({ ...userDatabase, config: testDatabaseConfig(database.url) });
    await context.dataSource.initialize();
    client = new Client({ connectionString: database.url });
    await client.connect();
    context.rows = new Rows(client);
  });
  afterAll(async () => {
    await context.dataSource?.destroy();
    await client?.end();
    await database?.drop();
  });
  return context;
}
