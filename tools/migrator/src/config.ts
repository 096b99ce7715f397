/**
 * Options and environment -> `MigratorConfig`, once, frozen. The only file of the migrator that knows the
 * environment; no room below reads it.
 */
import { hostname, userInfo } from 'node:os';
import { ConfigError } from '@hockey-hub/shared-lib/src/config/config-error';
import { databaseNameOf, resolveDatabaseUrl } from '@hockey-hub/shared-lib/src/database/database-url';
import { MigratorError } from './errors';
import type { Service } from './model';
import { withDatabase } from './pg/connection-url';

const DEFAULT_PARALLEL = 4;

export interface MigratorConfig {
  readonly workspaceRoot: string;
  /** Every service of the workspace. */
  readonly services: readonly Service[];
  /** Who runs this, for the ledger: `user@host`. */
  readonly appliedBy: string;
  /** How many services are worked on at the same time, unless an option says otherwise. */
  readonly parallel: number;
  /** Whether the output goes to a terminal that can redraw lines. */
  readonly interactive: boolean;
  /** The URL of the service's database; starts the embedded server when nothing names one. */
  databaseUrl(service: string): Promise<string>;
}

export interface ConfigSource {
  readonly workspaceRoot: string;
  readonly services: readonly Service[];
  readonly env?: NodeJS.ProcessEnv;
  readonly interactive?: boolean;
}

export function readConfig({
  workspaceRoot,
  services,
  env = process.env,
  interactive,
}: ConfigSource): MigratorConfig {
  let embeddedUrl: Promise<string> | undefined;
  const config: MigratorConfig = {
    workspaceRoot,
    services,
    appliedBy: `${userInfo().username}@${hostname()}`,
    // Nx keeps --parallel for itself and passes this on.
    parallel: positiveInteger(env.NX_PARALLEL) ?? DEFAULT_PARALLEL,
    interactive: interactive ?? (process.stdout.isTTY === true && !env.CI),
    databaseUrl: async (service) => {
      const named = namedDatabaseUrl(service, env);
      if (named) return named;
      embeddedUrl ??= startEmbeddedServer(workspaceRoot);
      return withDatabase(await embeddedUrl, databaseNameOf(service), service);
    },
  };
  return Object.freeze(config);
}

function positiveInteger(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

function namedDatabaseUrl(service: string, env: NodeJS.ProcessEnv): string | undefined {
  try {
    return resolveDatabaseUrl(service, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new MigratorError('BAD_DATABASE_URL', `${service}: ${error.message}`, { cause: error });
  }
}

/** Absent from the production image, which has no embedded server to start. */
async function startEmbeddedServer(workspaceRoot: string): Promise<string> {
  let devServices;
  try {
    devServices = await import('@hockey-hub/dev-services');
  } catch (error) {
    throw new MigratorError(
      'NO_DATABASE',
      'no database is named. Set DATABASE_URL (each service gets a database of its own on that server), or ' +
        '<NAME>_SERVICE_DATABASE_URL for each service.',
      { cause: error },
    );
  }
  const server = await devServices.ensurePostgres({ dataRoot: `${workspaceRoot}/.data` });
  return server.url;
}

/** Runs `work` with an environment variable set, for code that reads its own configuration while it is loaded. */
export function withVariable<T>(variable: string, value: string, work: () => T): T {
  const before = process.env[variable];
  process.env[variable] = value;
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env[variable];
    else process.env[variable] = before;
  }
}
