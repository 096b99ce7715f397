import { IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { databaseUrlVariableOf, resolveDatabaseUrl } from '../database/database-url';
import { ConfigError } from './config-error';
import { FromEnv } from './from-env';
import { loadAll } from './load-all';
import { loadConfig } from './load-config';
import { SecretFields } from './secret-fields';

const DAY_MS = 86_400_000;

/** How a service talks to its database. Times are milliseconds; 0 switches a timeout off. */
@SecretFields('url')
export class DatabaseConfig {
  /** Where the database is; resolved by `loadDatabaseConfig`, since the variable's name depends on the service. */
  url = '';

  /** Connections that one process holds at most. */
  @FromEnv('DATABASE_POOL_SIZE', 'integer')
  @IsInt()
  @Min(1)
  @Max(1000)
  poolSize = 10;

  @FromEnv('DATABASE_CONNECT_TIMEOUT_MS', 'integer')
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  connectTimeoutMs = 5_000;

  /** The longest that a statement of the application may run. The migrator sets its own. */
  @FromEnv('DATABASE_STATEMENT_TIMEOUT_MS', 'integer')
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  statementTimeoutMs = 30_000;

  @FromEnv('DATABASE_LOCK_TIMEOUT_MS', 'integer')
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  lockTimeoutMs = 10_000;

  /** Ends a transaction that a client opened and forgot: it holds locks and stops vacuum. */
  @FromEnv('DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS', 'integer')
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  idleInTransactionTimeoutMs = 60_000;

  /** What pg_stat_activity shows; the service's name when it is not set. */
  @FromEnv('DATABASE_APPLICATION_NAME')
  @IsOptional()
  @IsString()
  @MaxLength(63)
  applicationName?: string;

  /** Encrypts the connection. An `sslmode` in the URL overrides this and what follows. */
  @FromEnv('DATABASE_TLS', 'boolean')
  @IsBoolean()
  tls = false;

  /** The certificate authority to trust, as PEM text; the system's own when it is not set. */
  @FromEnv('DATABASE_TLS_CA')
  @IsOptional()
  @IsString()
  tlsCa?: string;

  @FromEnv('DATABASE_TLS_REJECT_UNAUTHORIZED', 'boolean')
  @IsBoolean()
  tlsRejectUnauthorized = true;
}

/**
 * The database configuration of one service.
 *
 * @throws ConfigError with every fault at once, a missing or unusable URL included.
 */
export function loadDatabaseConfig(
  service: string,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<DatabaseConfig> {
  const [url, settings] = loadAll(
    () => requireDatabaseUrl(service, env),
    () => loadConfig(DatabaseConfig, env),
  );
  return Object.freeze(Object.assign(new DatabaseConfig(), settings, { url }));
}

function requireDatabaseUrl(service: string, env: NodeJS.ProcessEnv): string {
  const url = resolveDatabaseUrl(service, env);
  if (url) return url;
  throw new ConfigError(
    [{ variable: databaseUrlVariableOf(service), problem: 'is not set, and neither is DATABASE_URL' }],
    `Set one of them to a PostgreSQL URL, or run \`nx run ${service}:serve\`, which starts the embedded server.`,
  );
}
