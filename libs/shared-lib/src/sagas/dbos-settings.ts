/** What the process that runs sagas and those that only look at them must agree on. */
import type { DBOSSerializer, DLogger } from '@dbos-inc/dbos-sdk';
import { Logger } from '@nestjs/common';
import { Pool, type PoolConfig } from 'pg';
import type { DataSource, DataSourceOptions } from 'typeorm';

export const DBOS_SCHEMA = 'dbos';

/**
 * DBOS lets a workflow go on only in a process of the version that began it. Ours are versioned one by one (`transfer-player.v2`,
 * each with a queue that only those who know it read), so all processes are of one version to DBOS.
 */
export const DBOS_APPLICATION_VERSION = '1';

/** Plain JSON, which SQL can read too. */
export const jsonSerializer: DBOSSerializer = {
  name: () => 'json',
  stringify: (value) => JSON.stringify(value ?? null),
  parse: (text) => (text == null ? null : (JSON.parse(text) as unknown)),
};

/** DBOS never looks at it where it is given a pool, but wants one; its own default would be made of PG* variables. */
export const UNUSED_URL = 'postgresql://dbos@pool.invalid/dbos';

/** DBOS tells a lot; what is worth a line in production is a warning. */
export function dbosLog(): DLogger {
  const logger = new Logger('DBOS');
  return {
    debug: () => undefined,
    info: (entry) => logger.debug(entry),
    warn: (entry) => logger.warn(entry),
    error: (entry, metadata) => logger.error(entry, metadata?.error ?? metadata?.stack),
  };
}

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** Connections of DBOS's own to the service's database, by the settings of the service. */
export function dbosPool(dataSource: DataSource, service: string, connections: number): Pool {
  const pool = new Pool({ ...connectionSettings(dataSource, service), max: connections });
  // A connection that breaks while nobody uses it is replaced when somebody does.
  pool.on('error', (error) => new Logger('DBOS').debug(error));
  return pool;
}

export function connectionSettings(dataSource: DataSource, service: string): PoolConfig {
  const options = dataSource.options as PostgresOptions;
  return {
    connectionString: options.url,
    ssl: options.ssl as PoolConfig['ssl'],
    application_name: `${service} sagas`.slice(0, 63),
    connectionTimeoutMillis: options.connectTimeoutMS,
    ...(options.extra as PoolConfig | undefined),
  };
}
