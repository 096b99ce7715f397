/**
 * Which database is a service's own.
 *
 * Pure, and free of everything heavy (TypeORM, pg, Nest): the migrator imports this file alone.
 */
import { ConfigError } from '../config/config-error';

const SHARED_VARIABLE = 'DATABASE_URL';

/** Stands in for the host that a URL of a Unix socket leaves out; `URL` refuses `user@/database`. */
const NO_HOST = 'no-host.invalid';

/** `user-service` -> `user_service`: the name of a service's database on a shared server. */
export function databaseNameOf(service: string): string {
  return service.replaceAll('-', '_');
}

/** `user-service` -> `USER_SERVICE_DATABASE_URL`: the variable that names a service's database whole. */
export function databaseUrlVariableOf(service: string): string {
  return `${databaseNameOf(service).toUpperCase()}_DATABASE_URL`;
}

/**
 * The URL of a service's database: `<SERVICE>_DATABASE_URL` as it is, else the server in `DATABASE_URL` with the
 * service's own database, else undefined. An empty variable counts as one that is not set.
 *
 * @throws ConfigError when the variable is no PostgreSQL URL. The message never repeats the value.
 */
export function resolveDatabaseUrl(service: string, env: NodeJS.ProcessEnv): string | undefined {
  const ownVariable = databaseUrlVariableOf(service);
  const own = env[ownVariable]?.trim();
  if (own) {
    const { pathname } = parsePostgresUrl(ownVariable, own);
    if (pathname.length < 2) throw fault(ownVariable, 'names no database (postgres://host:5432/<database>)');
    return own;
  }

  const shared = env[SHARED_VARIABLE]?.trim();
  if (!shared) return undefined;
  const url = parsePostgresUrl(SHARED_VARIABLE, shared);
  url.pathname = `/${databaseNameOf(service)}`;
  return url.href.replace(`@${NO_HOST}/`, '@/');
}

function parsePostgresUrl(variable: string, value: string): URL {
  const withHost = value.replace('@/', `@${NO_HOST}/`);
  // The error of `new URL` is not kept as a cause: it carries the value, password included.
  const url = URL.canParse(withHost) ? new URL(withHost) : undefined;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw fault(variable, 'is not a URL of the form postgres://user:password@host:5432/database');
  }
  return url;
}

function fault(variable: string, problem: string): ConfigError {
  return new ConfigError([{ variable, problem }]);
}
