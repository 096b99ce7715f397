import type { Client } from 'pg';
import type { MigratedDatabaseSource } from './migrated-database';
import type { TableRows } from './table-rows';
import { useDatabase, type DatabaseContext } from './use-database';

/** A migrated database for the tests of one file; each of them runs in a transaction that is rolled back. */
export interface RowsContext<Rows extends TableRows> extends DatabaseContext {
  rows: Rows;
}

/** Registers the hooks. What is returned is filled before the first test begins. */
export function useRows<Rows extends TableRows>(
  source: MigratedDatabaseSource,
  RowsOfService: new (client: Client) => Rows,
): RowsContext<Rows> {
  const context = useDatabase(source) as RowsContext<Rows>;
  beforeAll(() => {
    context.rows = new RowsOfService(context.client);
  });
  beforeEach(() => context.client.query('BEGIN'));
  afterEach(() => context.client.query('ROLLBACK'));
  return context;
}
