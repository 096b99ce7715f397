export { ensureDevelopmentDatabaseUrl } from './development-database-url';
export { ensureDevelopmentNatsUrl } from './development-nats-url';
export { DevServicesError, type DevServicesErrorCode } from './errors';
export { ensureNats } from './nats/ensure-nats';
export type { NatsOptions, NatsServer } from './nats/model';
export { natsStatus, type NatsStatus } from './nats/nats-status';
export { stopNats } from './nats/stop-nats';
export { startTemporaryNats, type TemporaryNats } from './nats/temporary-nats';
export { ensurePostgres } from './postgres/ensure-postgres';
export {
  defaultPostgresMajor,
  postgresMajors,
  type PostgresMajor,
  type PostgresOptions,
  type PostgresServer,
} from './postgres/model';
export { postgresStatus, type PostgresStatus } from './postgres/postgres-status';
export { stopPostgres } from './postgres/stop-postgres';
export {
  startTemporaryPostgres,
  type TemporaryPostgres,
  type TemporaryPostgresOptions,
} from './postgres/temporary-postgres';
export {
  KILLABLE_SETTINGS,
  LARGE_PRODUCTION_SETTINGS,
  PRODUCTION_SETTINGS,
} from './postgres/temporary-settings';
