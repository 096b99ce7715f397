/** A service's entities -> the facts that lint's rules ask for. */
import { crossServiceReferences } from '@hockey-hub/shared-lib/src/entities/cross-service-references';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { qualifiedName } from '../../catalog/catalog';
import { MigratorError } from '../../errors';
import type { EntityFacts } from '../../lint/facts';
import type { Service } from '../../model';
import { withDatabase } from '../../pg/connection-url';
import { MAINTENANCE_DATABASE } from '../../pg/create-database';
import { loadDataSourceOptions } from '../../scratch/entities-schema';

/** @param url any database of a server: TypeORM connects before it says what tables entities have @returns null without entities */
export async function readEntities(
  workspaceRoot: string,
  service: Service,
  url: string,
): Promise<EntityFacts | null> {
  const maintenance = withDatabase(url, MAINTENANCE_DATABASE, service.name);
  const options = optionsOf(workspaceRoot, service, maintenance);
  if (!options) return null;
  const dataSource = new DataSource({
    ...options,
    url: maintenance,
    migrations: [],
    subscribers: [],
    installExtensions: false,
    synchronize: false,
    dropSchema: false,
    logging: false,
  } as DataSourceOptions);
  await dataSource.initialize();
  try {
    const tables = dataSource.entityMetadatas.map(
      ({ schema, tableName, target }) =>
        [qualifiedName({ schema: schema ?? 'public', name: tableName }), target] as const,
    );
    return { tables: new Map(tables), references: crossServiceReferences(dataSource) };
  } finally {
    await dataSource.destroy();
  }
}

function optionsOf(workspaceRoot: string, service: Service, url: string): DataSourceOptions | undefined {
  try {
    return loadDataSourceOptions(workspaceRoot, service, url);
  } catch (error) {
    if (error instanceof MigratorError && error.code === 'NO_ENTITIES') return undefined;
    throw error;
  }
}
