import { DataSource } from 'typeorm';
import { DatabaseConfig } from '../config/database.config';
import { createDataSource, type ServiceDatabase } from '../database/data-source';
import { createTestDatabase, type TestDatabase } from './test-database';

/** What the database is made from: what a service says about its database, or that service's DataSource. */
export type MigratedDatabaseSource =
  Pick<ServiceDatabase, 'service' | 'entities' | 'migrations'> | DataSource;

/**
 * Makes a test database and runs a service's committed migrations in it, as TypeORM itself would. Nothing is
 * synchronized: a table without a migration is missing here as it would be in production.
 */
export async function createMigratedDatabase(source: MigratedDatabaseSource): Promise<TestDatabase> {
  const database = await createTestDatabase();
  try {
    const dataSource = connectTo(source, database.url);
    await dataSource.initialize();
    try {
      await dataSource.runMigrations();
    } finally {
      await dataSource.destroy();
    }
    return database;
  } catch (error) {
    await database.drop();
    throw error;
  }
}

/** The settings of a service under test: production's, but for the URL. */
export function testDatabaseConfig(url: string): Readonly<DatabaseConfig> {
  return Object.freeze(Object.assign(new DatabaseConfig(), { url, poolSize: 4 }));
}

function connectTo(source: MigratedDatabaseSource, url: string): DataSource {
  if (source instanceof DataSource)
    return new DataSource({ ...source.options, url } as DataSource['options']);
  return createDataSource({ ...source, config: testDatabaseConfig(url) });
}
