/** What production asks of the roles, before a run and when it had nothing to apply. */
import type { MigratorConfig } from '../config';
import { toServiceError } from '../errors';
import type { ReportedError } from '../model';
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

/**
 * Gives the named runtime roles what they lack in databases that no step of this run has touched: a role that was named
 * after the last migration gets its grants by running `migrate` once more.
 * @returns what went wrong, by service
 */
export async function grantToRuntimeRoles(
  config: MigratorConfig,
  services: readonly string[],
): Promise<Map<string, ReportedError>> {
  const errors = new Map<string, ReportedError>();
  const named = services.filter((service) => config.runtimeRole(service) !== undefined);
  for (const service of named) {
    try {
      await grantToOne(config, service);
    } catch (error) {
      errors.set(service, toServiceError(service, error));
    }
  }
  return errors;
}

async function grantToOne(config: MigratorConfig, service: string): Promise<void> {
  const { grantToRuntimeRole } = await import('../apply/runtime-role');
  const client = await connectIfExists(await config.databaseUrl(service), service);
  if (!client) return;
  try {
    await client.query('BEGIN');
    await grantToRuntimeRole(service, queryOf(client), config.runtimeRole(service)!);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
