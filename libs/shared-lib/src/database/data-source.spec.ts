import { Column, DataSource, Entity } from 'typeorm';
import { ConfigError } from '../config/config-error';
import { DatabaseConfig } from '../config/database.config';
import { BaseEntity } from '../entities/base-entity';
import { createDataSource, dataSourceOptions, type ServiceDatabase } from './data-source';

@Entity('things')
class Thing extends BaseEntity {
  @Column('text')
  name!: string;
}

const config = Object.assign(new DatabaseConfig(), { url: 'postgres://u:p@127.0.0.1:1/db' });
const database: ServiceDatabase = { service: 'user-service', entities: [Thing], config };

it('cannot synchronize, drop or migrate by itself, whatever it is given', () => {
  const forced = { ...database, synchronize: true, dropSchema: true, migrationsRun: true };
  expect(dataSourceOptions(forced)).toMatchObject({
    synchronize: false,
    dropSchema: false,
    migrationsRun: false,
  });
  // @ts-expect-error the options do not exist
  const refused: ServiceDatabase = { ...database, synchronize: true };
  expect(createDataSource(refused).options.synchronize).toBe(false);
});

it('connects as the configuration says', () => {
  const tuned = {
    ...config,
    poolSize: 3,
    connectTimeoutMs: 1,
    statementTimeoutMs: 2,
    lockTimeoutMs: 4,
    idleInTransactionTimeoutMs: 5,
    applicationName: 'blue',
    tls: true,
    tlsCa: 'PEM',
    tlsRejectUnauthorized: false,
  };
  expect(dataSourceOptions({ ...database, config: tuned })).toMatchObject({
    type: 'postgres',
    url: config.url,
    poolSize: 3,
    connectTimeoutMS: 1,
    applicationName: 'blue',
    ssl: { ca: 'PEM', rejectUnauthorized: false },
    extra: { statement_timeout: 2, lock_timeout: 4, idle_in_transaction_session_timeout: 5 },
  });
});

it('is named after its service, without TLS, and keeps the applied list where TypeORM does', () => {
  expect(dataSourceOptions(database)).toMatchObject({
    service: 'user-service',
    applicationName: 'user-service',
    ssl: false,
    installExtensions: false,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
  });
});

it('gives a DataSource that is not connected', () => {
  const dataSource = createDataSource(database);
  expect(dataSource).toBeInstanceOf(DataSource);
  expect(dataSource.isInitialized).toBe(false);
});

it('fails at once when the environment names no database', () => {
  expect(() => createDataSource({ service: 'nameless-service', entities: [] })).toThrow(ConfigError);
});
