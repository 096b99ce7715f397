import type { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { createDataSource, type ServiceDatabase } from '../database/data-source';
import { testDatabaseConfig } from './migrated-database';
import type { TableRows } from './table-rows';
import { useDatabase, type DatabaseContext } from './use-database';

/** A service's own view of a migrated database, without its application: for handlers that are called directly. */
export interface DataSourceContext<Rows extends TableRows> extends DatabaseContext {
  dataSource: DataSource;
  rows: Rows;
  /** Calls a handler as the inbox and whoever processes commands do. */
  readonly inTransaction: <Result>(handle: (manager: EntityManager) => Promise<Result>) => Promise<Result>;
}

/** Registers the hooks. What is returned is filled before the first test begins. */
export function useDataSource<Rows extends TableRows>(
  source: ServiceDatabase,
  RowsOfService: new (client: Client) => Rows,
): DataSourceContext<Rows> {
  const context: DataSourceContext<Rows> = Object.assign(useDatabase(source) as DataSourceContext<Rows>, {
    inTransaction: <Result>(handle: (manager: EntityManager) => Promise<Result>) =>
      context.dataSource.transaction(handle),
  });
  beforeAll(async () => {
    context.rows = new RowsOfService(context.client);
    context.dataSource = createDataSource({ ...source, config: testDatabaseConfig(context.url) });
    await context.dataSource.initialize();
  });
  afterAll(() => context.dataSource?.destroy());
  return context;
}
