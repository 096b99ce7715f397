import { ensureDevelopmentDatabaseUrl } from '../../development-database-url';
import { ensureDevelopmentNatsUrl } from '../../development-nats-url';
import type { NatsOptions } from '../../nats/model';
import type { PostgresOptions } from '../../postgres/model';
import { reportingFailure } from '../reporting-failure';
import { serviceDatabaseVariable } from './service-database-variable';

/**
 * The variables that name a service's servers, which run by then: those that `env` names, else the ones of this workspace.
 * Undefined when one of them cannot be had, which is told by then, for each.
 */
export async function serverVariables(
  service: string,
  env: Readonly<Record<string, string | undefined>>,
  options: PostgresOptions & NatsOptions,
): Promise<Record<string, string> | undefined> {
  const variables: Record<string, string> = {};
  const prepared = await Promise.all([
    reportingFailure(async () => {
      // A database of the service's own is the whole answer: then no server of ours is needed.
      if (env[serviceDatabaseVariable(service)]?.trim()) return;
      variables['DATABASE_URL'] = await ensureDevelopmentDatabaseUrl(env, options);
    }),
    reportingFailure(async () => {
      variables['NATS_URL'] = await ensureDevelopmentNatsUrl(env, options);
    }),
  ]);
  return prepared.every(({ success }) => success) ? variables : undefined;
}
