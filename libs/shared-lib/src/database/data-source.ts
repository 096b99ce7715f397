/**
 * How every service connects: the one place where a TypeORM DataSource is put together.
 *
 * Owns connection settings, naming and what the base entities need to work. Does not own schemas: those change by
 * migrations alone, so `synchronize`, `dropSchema` and `migrationsRun` are no options here and are forced off
 * whatever an untyped caller passes.
 */
import 'reflect-metadata';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { loadDatabaseConfig, type DatabaseConfig } from '../config/database.config';
import { AssignIdSubscriber } from '../entities/assign-id.subscriber';
import { OptimisticVersionSubscriber } from '../entities/optimistic-version.subscriber';
import { HeardClient } from './heard-client';
import { SnakeNamingStrategy } from './snake-naming-strategy';

/** TypeORM's own table of what was applied; the migrator and `typeorm migration:show` read the same one. */
export const MIGRATIONS_TABLE = 'migrations';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;
type EntityClasses = NonNullable<PostgresOptions['entities']>;
type MigrationSources = NonNullable<PostgresOptions['migrations']>;
type SubscriberClasses = Extract<NonNullable<PostgresOptions['subscribers']>, readonly unknown[]>;

/** What a service says about its database. */
export interface ServiceDatabase {
  /** Nx project name, for example `user-service`. */
  readonly service: string;
  readonly entities: EntityClasses;
  /** Migration classes, or globs of their files. */
  readonly migrations?: MigrationSources;
  /** The service's own TypeORM subscribers, beside those of the base entities. */
  readonly subscribers?: SubscriberClasses;
  /** Connection settings; read from the environment when left out. */
  readonly config?: Readonly<DatabaseConfig>;
}

/** TypeORM's options, and whose they are. */
export type ServiceDataSourceOptions = PostgresOptions & {
  readonly service: string;
  readonly synchronize: false;
  readonly dropSchema: false;
  readonly migrationsRun: false;
};

/**
 * The options of a service's DataSource, for `TypeOrmModule.forRoot`.
 *
 * @throws ConfigError when `config` is left out and the environment is not usable; every fault is listed.
 */
export function dataSourceOptions(database: ServiceDatabase): ServiceDataSourceOptions {
  const { service, entities, migrations = [], subscribers = [] } = database;
  const config = database.config ?? loadDatabaseConfig(service);
  return {
    type: 'postgres',
    service,
    url: config.url,
    applicationName: config.applicationName ?? service,
    poolSize: config.poolSize,
    connectTimeoutMS: config.connectTimeoutMs,
    ssl: config.tls ? { rejectUnauthorized: config.tlsRejectUnauthorized, ca: config.tlsCa } : false,
    extra: {
      statement_timeout: config.statementTimeoutMs,
      lock_timeout: config.lockTimeoutMs,
      idle_in_transaction_session_timeout: config.idleInTransactionTimeoutMs,
      keepAlive: true,
      Client: HeardClient,
      // The outbox counts on it: whoever waited for a row's lock then sees what was committed meanwhile. A server or a role
      // may have another default; a pooler that refuses start-up options wants it in `ALTER ROLE ... SET` instead.
      options: '-c default_transaction_isolation=read\\ committed',
    },
    entities,
    subscribers: [AssignIdSubscriber, OptimisticVersionSubscriber, ...subscribers],
    // Rows that are read are not constructed: BaseEntity's constructor would give an id to a row selected without.
    entitySkipConstructor: true,
    namingStrategy: new SnakeNamingStrategy(),
    // gen_random_uuid() is built into every supported PostgreSQL, so nothing has to be installed.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    migrationsRun: false,
    synchronize: false,
    dropSchema: false,
  };
}

/**
 * A service's DataSource, not connected yet. A service's `data-source.ts` is one line:
 *
 *     export default createDataSource({ service: 'user-service', entities, migrations: [...] });
 *
 * @throws ConfigError as `dataSourceOptions`.
 */
export function createDataSource(database: ServiceDatabase): DataSource {
  return new DataSource(dataSourceOptions(database));
}
