/**
 * Options and environment -> `MigratorConfig`, once, frozen. The only file of the migrator that knows the
 * environment; no room below reads it.
 */
import { hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from '@hockey-hub/shared-lib/src/config/config-error';
import { databaseNameOf, resolveDatabaseUrl } from '@hockey-hub/shared-lib/src/database/database-url';
import type { BackupSettings } from './backup/backup-settings';
import { MigratorError } from './errors';
import type { Service } from './model';
import { withDatabase } from './pg/connection-url';

const DEFAULT_PARALLEL = 4;
const DEFAULT_BACKUPS_KEPT = 10;
/** Of our own environment: what a program of Postgres needs to run, and what its users set to be let in. */
const OF_PG_PROGRAMS = /^(PATH|HOME|TMPDIR|TEMP|SystemRoot|PGPASSWORD|PGPASSFILE|PGSSL[A-Z]+)$/;

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
  readonly backups: BackupSettings;
  /** NODE_ENV is production: what is convenient elsewhere is refused. */
  readonly production: boolean;
  /** The role that the service itself connects as: `<NAME>_SERVICE_RUNTIME_ROLE`; undefined when nobody named one. */
  runtimeRole(service: string): string | undefined;
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
    backups: readBackupSettings(workspaceRoot, env),
    production: env.NODE_ENV === 'production',
    runtimeRole: (service) =>
      env[`${databaseNameOf(service).toUpperCase()}_RUNTIME_ROLE`]?.trim() || undefined,
    databaseUrl: async (service) => {
      const named = namedDatabaseUrl(service, env);
      if (named) return named;
      embeddedUrl ??= startEmbeddedServer(workspaceRoot);
      return withDatabase(await embeddedUrl, databaseNameOf(service), service);
    },
  };
  return Object.freeze(config);
}

function readBackupSettings(workspaceRoot: string, env: NodeJS.ProcessEnv): BackupSettings {
  return Object.freeze({
    folder: env.MIGRATOR_BACKUP_FOLDER
      ? resolve(workspaceRoot, env.MIGRATOR_BACKUP_FOLDER)
      : join(workspaceRoot, '.data', 'backups'),
    keep: positiveInteger(env.MIGRATOR_BACKUP_KEEP) ?? DEFAULT_BACKUPS_KEPT,
    beforeChanges: env.MIGRATOR_BACKUP !== 'off',
    programFolder: env.MIGRATOR_PG_BIN || undefined,
    environment: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) =>
        OF_PG_PROGRAMS.test(name) && value !== undefined ? [[name, value] as const] : [],
      ),
    ),
  });
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
