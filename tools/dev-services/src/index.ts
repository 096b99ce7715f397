export { ensureDevelopmentDatabaseUrl } from './development-database-url';
export { DevServicesError, type DevServicesErrorCode } from './errors';
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
