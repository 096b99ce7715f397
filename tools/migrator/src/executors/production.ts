/** What production asks of the roles, before a run and when it had nothing to apply. */
import type { MigratorConfig } from '../config';
import { toServiceError } from '../errors';
import type { ReportedError, RunEvent } from '../model';
import { withConnection } from '../pg/connect';
import { connectIfExists, MAINTENANCE_DATABASE } from '../pg/create-database';
import { withDatabase } from '../pg/connection-url';
import { queryOf } from '../pg/query';

/** @throws MigratorError SUPERUSER_REFUSED, before anything is changed anywhere */
export async function refuseSuperusers(config: MigratorConfig, services: readonly string[]): Promise<void> {
  const { refuseSuperuser } = await import('../apply/superuser');
  for (const service of services) {
    // The service's own database may not exist yet.
    const url = withDatabase(await config.databaseUrl(service), MAINTENANCE_DATABASE, service);
    await withConnection(url, service, (client) => refuseSuperuser(service, queryOf(client)));
  }
}

export interface GrantOptions {
  readonly allowSuperuser?: boolean;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Gives the named runtime roles what they lack in databases that no step of this run has touched: a role that was named
 * after the last migration gets its grants by running `migrate` once more.
 * @returns what went wrong, by service
 */
export async function grantToRuntimeRoles(
  config: MigratorConfig,
  services: readonly string[],
  options: GrantOptions,
): Promise<Map<string, ReportedError>> {
  const errors = new Map<string, ReportedError>();
  for (const service of services) {
    const role = config.runtimeRole(service);
    if (role === undefined) continue;
    try {
      await grantToOne(config, service, role, options);
    } catch (error) {
      errors.set(service, toServiceError(service, error));
    }
  }
  return errors;
}

/** Only looks, unless something is missing; changes as every run does, under the migrator's lock and not as a superuser. */
async function grantToOne(
  config: MigratorConfig,
  service: string,
  role: string,
  { allowSuperuser, onEvent }: GrantOptions,
): Promise<void> {
  const { grantToRuntimeRole, missingForRuntimeRole } = await import('../apply/runtime-role');
  const client = await connectIfExists(await config.databaseUrl(service), service);
  if (!client) return;
  const query = queryOf(client);
  try {
    if ((await missingForRuntimeRole(service, query, role)).length === 0) return;
    if (config.production && !allowSuperuser) {
      const { refuseSuperuser } = await import('../apply/superuser');
      await refuseSuperuser(service, query);
    }
    const { acquireMigratorLock } = await import('../apply/migrator-lock');
    await acquireMigratorLock(query, (holder) => onEvent({ type: 'waiting-for-lock', service, holder }));
    await client.query('BEGIN');
    await grantToRuntimeRole(service, query, role);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
