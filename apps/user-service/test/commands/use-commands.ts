import { useDataSource, type DataSourceContext } from '@hockey-hub/shared-lib/src/testing';
import { userDatabase } from '../../src/user-database';
import { Rows } from '../database/rows';

/** The service's command handlers on a migrated database, without the transport. */
export interface CommandsContext extends DataSourceContext<Rows> {
  /** All rows of a query. */
  readonly query: (sql: string, ...values: unknown[]) => Promise<Record<string, unknown>[]>;
}

/** Registers the hooks. What is returned is filled before the first test begins. */
export function useCommands(): CommandsContext {
  const context: CommandsContext = Object.assign(useDataSource(userDatabase, Rows), {
    query: (sql: string, ...values: unknown[]) =>
      context.dataSource.query<Record<string, unknown>[]>(sql, values),
  });
  return context;
}
