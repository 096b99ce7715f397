import { QueryFailedError, type DataSource } from 'typeorm';
import { MIGRATIONS_TABLE } from '../database/data-source';

const UNDEFINED_TABLE = '42P01';

/**
 * Names of the migrations that this version of the service brings and its database has not had, in the order of their
 * timestamps. Reads only: TypeORM's own `showMigrations` creates the table when it is missing.
 *
 * @throws QueryFailedError, or the driver's error, when the database does not answer.
 */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const applied = await appliedMigrations(dataSource);
  return dataSource.migrations
    .map((migration) => migration.name ?? migration.constructor.name)
    .filter((name) => !applied.has(name))
    .sort((a, b) => a.slice(-13).localeCompare(b.slice(-13)));
}

async function appliedMigrations(dataSource: DataSource): Promise<ReadonlySet<string>> {
  const table = dataSource.driver.escape(dataSource.options.migrationsTableName ?? MIGRATIONS_TABLE);
  try {
    const rows = await dataSource.query<{ name: string }[]>(`SELECT name FROM ${table}`);
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if (error instanceof QueryFailedError && error.driverError.code === UNDEFINED_TABLE) return new Set();
    throw error;
  }
}
