import { createMigratedDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing';
import { Client } from 'pg';
import { trainingDatabase } from '../../src/training-database';
import { Rows } from './rows';

/** A migrated database for the tests of one file; each of them runs in a transaction that is rolled back. */
export interface RowsContext {
  client: Client;
  rows: Rows;
}

/** Registers the hooks. What is returned is filled before the first test begins. */
export function useRows(): RowsContext {
  const context = {} as RowsContext;
  let database: TestDatabase | undefined;

  beforeAll(async () => {
    database = await createMigratedDatabase(trainingDatabase);
    context.client = new Client({ connectionString: database.url });
    await context.client.connect();
    context.rows = new Rows(context.client);
  });
  afterAll(async () => {
    await context.client?.end();
    await database?.drop();
  });
  beforeEach(() => context.client.query('BEGIN'));
  afterEach(() => context.client.query('ROLLBACK'));
  return context;
}
