/**
 * A fixture workspace on a server that the tests of one kind have to themselves, for both ways to back up: as a clone, where no
 * pg_dump is to be found; and with pg_dump on Postgres 15, where this machine has one. Every backup ends with its workspace.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemporaryPostgres } from '@hockey-hub/dev-services';
import { escapeIdentifier } from 'pg';
import type { BackupKind } from '../backup/manifest';
import { withConnection } from '../pg/connect';
import { createFixtureWorkspace, type FixtureSpec, type FixtureWorkspace } from './fixture-workspace';
import { startOwnServer } from './own-server';

export interface BackupWorkspace extends FixtureWorkspace {
  readonly server: TemporaryPostgres;
  /** Absolute. */
  readonly backupFolder: string;
  /** Names of everything in a service's folder of backups, the unfinished among them. */
  backups(service: string): Promise<string[]>;
  /** Names of the server's databases that are clones, finished or not, or scratch databases. */
  madeDatabases(): Promise<string[]>;
}

/** The ways that can be tested here; says on standard output what cannot. */
export function backupKinds(): BackupKind[] {
  try {
    execFileSync('pg_dump', ['--version']);
    return ['template', 'pg_dump'];
  } catch (error) {
    process.stdout.write(`There is no pg_dump here, so it is not tested: ${String(error)}\n`);
    return ['template'];
  }
}

/** Workspaces for the tests of this block, on one server: making a server takes longer than most of them. */
export function useBackupWorkspaces(kind: BackupKind) {
  let server: TemporaryPostgres | undefined;
  beforeAll(async () => {
    // Loaded when it is needed, as the server itself.
    const { testPostgresMajor } = await import('@hockey-hub/dev-services/src/testing/test-database.config');
    server = await startOwnServer({ major: kind === 'pg_dump' ? 15 : testPostgresMajor() });
  });
  afterAll(() => server?.stop());

  return async (services: FixtureSpec['services']): Promise<BackupWorkspace> => {
    if (!server)
      throw new Error('the server is started before the first test, and not while tests are collected');
    return createBackupWorkspace(kind, server, services);
  };
}

async function createBackupWorkspace(
  kind: BackupKind,
  server: TemporaryPostgres,
  services: FixtureSpec['services'],
): Promise<BackupWorkspace> {
  const workspace = await createFixtureWorkspace({
    services,
    serverUrl: server.url,
    env: { MIGRATOR_BACKUP: 'on', ...(kind === 'template' && { MIGRATOR_PG_BIN: 'no-programs-here' }) },
  });
  const backupFolder = join(workspace.root, '.data/backups');
  return {
    ...workspace,
    server,
    backupFolder,
    backups: async (service) => {
      await mkdir(join(backupFolder, service), { recursive: true });
      return (await readdir(join(backupFolder, service))).sort();
    },
    madeDatabases: async () => (await databasesOf(server)).filter((name) => name.startsWith('migrator_')),
    remove: async () => {
      await withConnection(server.url, 'test', async (client) => {
        for (const name of await databasesOf(server)) {
          await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
        }
      });
      await workspace.remove();
    },
  };
}

/** Names of all but those that every server has, sorted. */
function databasesOf(server: TemporaryPostgres): Promise<string[]> {
  return withConnection(server.url, 'test', async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname <> 'postgres' AND NOT datistemplate ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  });
}
