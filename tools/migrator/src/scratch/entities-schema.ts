/** A service's entities -> the schema they describe, in a scratch database. */
import { join } from 'node:path';
import { databaseUrlVariableOf } from '@hockey-hub/shared-lib/src/database/database-url';
import { DataSource, QueryFailedError, type DataSourceOptions } from 'typeorm';
import { qualifiedName } from '../catalog/catalog';
import type { Unsynchronized } from '../catalog/hand-made';
import { withVariable } from '../config';
import { MigratorError } from '../errors';
import type { Service } from '../model';
import { DATA_SOURCE_FILE } from '../source/discover-services';
import { requireSource } from '../source/require-source';

/**
 * The options of the DataSource that the service's `data-source` file exports.
 * @throws MigratorError NO_ENTITIES when it exports none, or none with entities; SYNCHRONIZE_ON when it would change a schema
 *   by itself.
 */
export function loadDataSourceOptions(
  workspaceRoot: string,
  service: Service,
  url: string,
): DataSourceOptions {
  const path = join(workspaceRoot, service.root, DATA_SOURCE_FILE);
  // A data source reads its URL from the environment when it is loaded, so one must be there, whatever it is.
  const exported = withVariable(databaseUrlVariableOf(service.name), url, () => requireSource(path));
  const found = Object.values(exported).find(
    (value): value is DataSource =>
      typeof value === 'object' && value !== null && 'options' in value && 'entityMetadatas' in value,
  );
  const entities = found?.options.entities;
  if (found) refuseSynchronize(service, found.options);
  if (found && entities && Object.keys(entities).length > 0) return found.options;
  throw new MigratorError(
    'NO_ENTITIES',
    `${service.name}: ${service.root}/${DATA_SOURCE_FILE}.ts must export a TypeORM DataSource with at least one entity.`,
  );
}

/** A schema that TypeORM changes as a service starts is not the one that its migrations made. */
function refuseSynchronize(service: Service, options: DataSourceOptions): void {
  const on = (['synchronize', 'dropSchema', 'migrationsRun'] as const).filter((option) => options[option]);
  if (on.length === 0) return;
  throw new MigratorError(
    'SYNCHRONIZE_ON',
    `${service.name}: the DataSource in ${service.root}/${DATA_SOURCE_FILE}.ts has ${on.join(' and ')} on, so the service would ` +
      'change its database by itself, past the migrations. Take it out; `createDataSource` of the shared lib never has it.',
  );
}

/**
 * Builds the entities' schema in an empty database: the one place where TypeORM writes a schema by itself.
 * @returns what the entities say of things that it does not write
 * @throws MigratorError ENTITIES_INVALID when Postgres refuses what TypeORM makes of them
 */
export async function buildEntitiesSchema(options: DataSourceOptions, url: string): Promise<Unsynchronized> {
  // Everything that decides names and types stays as the service has it; only where it goes is ours.
  const dataSource = new DataSource({
    ...options,
    url,
    migrations: [],
    subscribers: [],
    logging: false,
  } as DataSourceOptions);
  await dataSource.initialize();
  try {
    await createSchemas(dataSource);
    await dataSource.driver.createSchemaBuilder().build();
    return unsynchronizedOf(dataSource);
  } catch (error) {
    const statement = error instanceof QueryFailedError ? `\n  in: ${error.query}` : '';
    throw new MigratorError(
      'ENTITIES_INVALID',
      `the schema that the entities describe cannot be made: ${error instanceof Error ? error.message : String(error)}.` +
        `${statement}\nLook for what an entity says of its columns, defaults, checks and indexes.`,
      { cause: error },
    );
  } finally {
    await dataSource.destroy();
  }
}

/** Tables and indexes with `synchronize: false`: somebody makes them by hand. */
function unsynchronizedOf({ entityMetadatas }: DataSource): Unsynchronized {
  return {
    tables: entityMetadatas
      .filter(({ synchronize }) => !synchronize)
      .map(({ schema, tableName }) => qualifiedName({ schema: schema ?? 'public', name: tableName })),
    indexes: entityMetadatas.flatMap(({ indices }) =>
      indices.filter(({ synchronize }) => !synchronize).map(({ name }) => name),
    ),
  };
}

/** TypeORM expects them to be there. */
async function createSchemas(dataSource: DataSource): Promise<void> {
  const schemas = new Set(dataSource.entityMetadatas.flatMap(({ schema }) => (schema ? [schema] : [])));
  if (schemas.size === 0) return;
  const queryRunner = dataSource.createQueryRunner();
  try {
    for (const schema of schemas) await queryRunner.createSchema(schema, true);
  } finally {
    await queryRunner.release();
  }
}
