/**
 * A throw-away workspace with services and migrations, each with a database of its own that does not exist yet, and
 * the migrator's command line to run on it. Owns the folder and the databases: `remove` leaves nothing.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { databaseNameOf, databaseUrlVariableOf } from '@hockey-hub/shared-lib/src/database/database-url';
import { escapeIdentifier } from 'pg';
import { withConnection } from '../pg/connect';
import { databaseName, withDatabase } from '../pg/connection-url';
import { migrationSource, type MigrationSpec } from './migration-source';
import { startCli, type CliOptions, type CliResult, type RunningCli } from './run-cli';
import { inheritedEnvironment, testServerUrl } from './migrator-tests.config';

const NODE_MODULES = join(__dirname, '../../../../node_modules');

/** By file name without extension (`1700000000000-AddTeams`): what it does, or its whole source text. */
export type MigrationSpecs = Readonly<Record<string, MigrationSpec | string>>;

export interface ServiceSpec {
  /** Names of services. */
  readonly dependsOn?: readonly string[];
  readonly migrations?: MigrationSpecs;
  /** The text of src/data-source.ts; only what reads entities needs one. */
  readonly dataSource?: string;
  /** Further files of the service, by path relative to its folder. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface FixtureSpec {
  readonly services: Readonly<Record<string, ServiceSpec>>;
  /**
   * Any database of the server to use. Default: the test run's own. On a server that the caller names, and ends, no
   * database is dropped.
   */
  readonly serverUrl?: string;
  /** Further variables of every process started here. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunOptions extends Pick<CliOptions, 'nodeArguments' | 'onOutput'> {
  /** Replaces variables of the workspace's `env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Relative to the workspace. */
  readonly cwd?: string;
}

export interface FixtureWorkspace {
  readonly root: string;
  /** The environment of every process started here: the services' database URLs and what Node needs. */
  readonly env: Readonly<Record<string, string>>;
  urlOf(service: string): string;
  /** Runs the command line to its end. */
  cli(args: readonly string[], options?: RunOptions): Promise<CliResult>;
  spawnCli(args: readonly string[], options?: RunOptions): RunningCli;
  /** @param fileName without extension @returns the file's path */
  writeMigration(service: string, fileName: string, migration: MigrationSpec | string): Promise<string>;
  /** Rows of one statement in the service's database. */
  query<Row>(service: string, sql: string): Promise<Row[]>;
  remove(): Promise<void>;
}

export async function createFixtureWorkspace({
  services,
  serverUrl,
  env: further,
}: FixtureSpec): Promise<FixtureWorkspace> {
  const server = serverUrl ?? testServerUrl();
  const root = await realpath(await mkdtemp(join(tmpdir(), 'hockey-hub-fixture-')));
  const suffix = randomBytes(5).toString('hex');
  const urls = new Map(
    Object.keys(services).map((name) => [
      name,
      withDatabase(server, `${databaseNameOf(name)}_${suffix}`, name),
    ]),
  );
  const env = {
    ...inheritedEnvironment(),
    // Tests that are about backups switch them on.
    MIGRATOR_BACKUP: 'off',
    ...further,
    ...Object.fromEntries([...urls].map(([name, url]) => [databaseUrlVariableOf(name), url])),
  };
  const urlOf = (service: string) => {
    const url = urls.get(service);
    if (url === undefined) throw new Error(`the fixture has no service ${service}`);
    return url;
  };
  const spawnCli = (args: readonly string[], options: RunOptions = {}) =>
    startCli(args, { ...options, cwd: join(root, options.cwd ?? '.'), env: { ...env, ...options.env } });

  await writeWorkspace(root, services);
  return {
    root,
    env,
    urlOf,
    spawnCli,
    cli: (args, options) => spawnCli(args, options).exited,
    writeMigration: (service, fileName, migration) => writeMigration(root, service, fileName, migration),
    query: <Row>(service: string, sql: string) =>
      withConnection(urlOf(service), service, async (client) => (await client.query(sql)).rows as Row[]),
    remove: async () => {
      if (serverUrl === undefined) await dropDatabases(server, [...urls]);
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function writeWorkspace(root: string, services: FixtureSpec['services']): Promise<void> {
  // So that a service's files can import what this workspace has installed.
  await symlink(NODE_MODULES, join(root, 'node_modules'), 'junction');
  for (const [name, { dependsOn = [], migrations = {}, dataSource, files = {} }] of Object.entries(
    services,
  )) {
    const project = { name, implicitDependencies: dependsOn };
    const contents = {
      'project.json': JSON.stringify(project),
      'src/data-source.ts': dataSource ?? 'export {};\n',
      ...files,
    };
    for (const [path, content] of Object.entries(contents)) {
      await writeWithFolder(join(root, 'apps', name, path), content);
    }
    for (const [fileName, migration] of Object.entries(migrations)) {
      await writeMigration(root, name, fileName, migration);
    }
  }
}

async function writeMigration(
  root: string,
  service: string,
  fileName: string,
  migration: MigrationSpec | string,
): Promise<string> {
  const path = join(root, 'apps', service, 'src/migrations', `${fileName}.ts`);
  await writeWithFolder(
    path,
    typeof migration === 'string' ? migration : migrationSource(fileName, migration),
  );
  return path;
}

async function writeWithFolder(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

async function dropDatabases(server: string, urls: readonly (readonly [string, string])[]): Promise<void> {
  await withConnection(server, 'fixture', async (client) => {
    for (const [service, url] of urls) {
      const name = escapeIdentifier(databaseName(url, service));
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
  });
}
