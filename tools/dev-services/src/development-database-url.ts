import { ensurePostgres } from './postgres/ensure-postgres';
import type { PostgresOptions } from './postgres/model';

/**
 * The server to develop against: the one DATABASE_URL names, which is never touched, else the embedded one,
 * started when it does not run.
 * @throws DevServicesError as ensurePostgres does
 */
export async function ensureDevelopmentDatabaseUrl(
  env: Readonly<Record<string, string | undefined>>,
  options?: PostgresOptions,
): Promise<string> {
  return env['DATABASE_URL']?.trim() || (await ensurePostgres(options)).url;
}
