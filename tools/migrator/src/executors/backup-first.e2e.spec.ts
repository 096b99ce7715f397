/** Backup first: what `migrate` and `migration-revert` back up, when, and what they do when that fails. */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupKind } from '../backup/manifest';
import { connect } from '../pg/connect';
import { databaseName } from '../pg/connection-url';
import { backupKinds, useBackupWorkspaces, type BackupWorkspace } from '../testing/backup-workspace';
import { clubServices, createTable, ROWS } from '../testing/club-services';
import { databaseFacts, type DatabaseFacts } from '../testing/database-facts';
import { mountTinyDisk } from '../testing/tiny-disk';

const SERVICES = ['user-service', 'training-service', 'calendar-service'];
const MIGRATORS = 8;
const KINDS = backupKinds();

const createWorkspaceAs = Object.fromEntries(
  KINDS.map((kind) => [kind, useBackupWorkspaces(kind)]),
) as Record<BackupKind, ReturnType<typeof useBackupWorkspaces>>;

let workspace: BackupWorkspace;
afterEach(() => workspace?.remove());

/** Databases with rows, and a pending migration in two of three. */
async function start(kind: BackupKind): Promise<void> {
  workspace = await createWorkspaceAs[kind](clubServices());
  expect((await workspace.cli(['migrate'])).stdout).not.toContain('backed up');
  await workspace.writeMigration('user-service', '1700000000004-AddTeams', createTable('teams'));
  await workspace.writeMigration('training-service', '1700000000005-AddLoads', createTable('loads'));
}

const facts = (): Promise<(DatabaseFacts | undefined)[]> =>
  Promise.all(SERVICES.map((service) => databaseFacts(workspace, service)));

async function backupIdsInLedger(service: string): Promise<(string | null)[]> {
  const rows = await workspace.query<{ backup_id: string | null }>(
    service,
    'SELECT backup_id FROM migrator.history ORDER BY id',
  );
  return rows.map(({ backup_id }) => backup_id);
}

/** Nothing changed anywhere, nothing left; and once the cause is mended the next run does everything. */
async function expectNothingChanged(before: unknown, { clones = [] as string[] } = {}): Promise<void> {
  expect(await facts()).toEqual(before);
  expect(await workspace.madeDatabases()).toEqual(clones);
}

describe.each(KINDS)('as %s', (kind) => {
  test('what changes and holds rows is backed up before the first change, and the ledger says with which backup', async () => {
    await start(kind);
    const dry = await workspace.cli(['migrate', '--dry-run']);
    const how = kind === 'pg_dump' ? 'pg_dump 15\\.\\d+' : 'a copy of the database on its server';
    expect(dry.stdout).toMatch(
      new RegExp(`^Would first back up user-service: user_service_\\w+ \\(${how}\\)\\.$`, 'm'),
    );
    expect(dry.stdout).not.toMatch(/back up calendar-service/);
    expect(await workspace.backups('user-service')).toEqual([]);

    const { exitCode, stdout, stderr } = await workspace.cli(['migrate']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const ids = await Promise.all(SERVICES.map((service) => workspace.backups(service)));
    expect(ids.map(({ length }) => length)).toEqual([1, 1, 0]);
    const lines = stdout.split('\n');
    const lastBackup = lines.findLastIndex((line) => line.startsWith('backed up '));
    expect(lines.findIndex((line) => line.includes(' applied in '))).toBeGreaterThan(lastBackup);
    expect(await backupIdsInLedger('user-service')).toEqual([null, ids[0]![0]]);
    const manifest = join(workspace.backupFolder, 'user-service', ids[0]![0]!, 'manifest.json');
    expect(JSON.parse(await readFile(manifest, 'utf8'))).toMatchObject({
      reason: 'migrate',
      migrations: ['AddUsers1700000000001'],
      tables: { users: { rows: ROWS } },
    });

    expect((await workspace.cli(['migrate'])).stdout).not.toContain('back');
    const revert = await workspace.cli(['migration-revert', 'user-service', '--json']);
    const { report } = JSON.parse(revert.stdout);
    expect(report.backups).toMatchObject([{ service: 'user-service', kind }]);
    expect((await backupIdsInLedger('user-service'))[2]).toBe(report.backups[0].id);
    const without = await workspace.cli(['migrate', '--no-backup']);
    expect(without.stdout).not.toContain('backed up');
    expect(await backupIdsInLedger('user-service')).toHaveLength(4);
  });

  test(`${MIGRATORS} migrators at once: each migration once, one backup of each database`, async () => {
    await start(kind);
    const runs = await Promise.all(Array.from({ length: MIGRATORS }, () => workspace.cli(['migrate'])));
    expect(runs.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
      Array.from({ length: MIGRATORS }, () => ({ exitCode: 0, stderr: '' })),
    );
    expect((await facts()).map((fact) => fact?.history)).toEqual([
      ['up AddUsers1700000000001', 'up AddTeams1700000000004'],
      ['up AddWorkouts1700000000002', 'up AddLoads1700000000005'],
      ['up AddEvents1700000000003'],
    ]);
    expect(await workspace.backups('user-service')).toHaveLength(1);
    expect(await workspace.backups('training-service')).toHaveLength(1);
    expect(runs.map(({ stdout }) => stdout).join('')).toContain('its backup waits for another migrator');
  });

  test('a folder that cannot be written to: nothing is changed anywhere', async () => {
    await start(kind);
    const before = await facts();
    await writeFile(join(workspace.root, 'a-file'), '');
    const { exitCode, stdout } = await workspace.cli(['migrate'], {
      env: { MIGRATOR_BACKUP_FOLDER: 'a-file/backups' },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^backing up user-service \(127\.0\.0\.1:\d+\/user_service_\w+\) to .*a-file\/backups failed: ENOTDIR/m,
    );
    await expectNothingChanged(before);
    expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
  });

  test('a disk that is full: nothing is changed anywhere, and nothing is left on it', async () => {
    await start(kind);
    const disk = mountTinyDisk(workspace.root);
    // Not root, or a container that may not mount.
    if (!disk) return;
    try {
      if (kind === 'pg_dump') {
        await workspace.query(
          'training-service',
          `ALTER TABLE workouts ADD noise text; INSERT INTO workouts (id, noise)
           SELECT i, string_agg(md5(random()::text), '') FROM generate_series(100, 3000) i, generate_series(1, 300) GROUP BY i`,
        );
      } else {
        await writeFile(join(disk.path, 'ballast'), Buffer.alloc(8 * 1024 * 1024)).catch(() => undefined);
      }
      const before = await facts();
      const { exitCode, stdout } = await workspace.cli(['migrate'], {
        env: { MIGRATOR_BACKUP_FOLDER: disk.path },
      });
      expect({ exitCode, stdout }).toEqual({
        exitCode: 1,
        stdout: expect.stringMatching(/no space left on device/i),
      });
      expect(stdout).toContain('training-service');
      expect(await facts()).toEqual(before);
      expect((await workspace.madeDatabases()).filter((name) => name.includes('unfinished'))).toEqual([]);
      const list = await workspace.cli(['backup-list', 'training-service'], {
        env: { MIGRATOR_BACKUP_FOLDER: disk.path },
      });
      expect(list.stdout).toContain('There are no backups');
    } finally {
      disk.remove();
    }
    expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
  });
});

test('a clone is refused while somebody is connected: it says who, and what to install', async () => {
  await start('template');
  const before = await facts();
  const url = workspace.urlOf('training-service');
  const app = await connect(url, 'training-service');
  try {
    await app.query(`SET application_name = 'training app'`);
    const dry = await workspace.cli(['migrate', '--dry-run']);
    expect(dry.stdout).toMatch(/Would first back up training-service: .* As things are it would stop/);

    const { exitCode, stdout } = await workspace.cli(['migrate']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      `training-service: ${databaseName(url, '')} cannot be backed up while it is used`,
    );
    expect(stdout).toMatch(/^ {2}training app \(process \d+ of user hockey_hub from 127\.0\.0\.1\)$/m);
    expect(stdout).toMatch(/apt-get install postgresql-client-1[58]/);
    expect(stdout).toContain(
      'user-service: nothing was changed, because the backup of training-service failed.',
    );
    expect(await facts()).toEqual(before);
    const [id] = await workspace.backups('user-service');
    await expectNothingChanged(before, { clones: [`migrator_backup_${id}`] });
    expect(await workspace.backups('training-service')).toEqual([]);
  } finally {
    await app.end();
  }
  expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
});

test('another migrator at work is waited for, not refused', async () => {
  await start('template');
  const url = workspace.urlOf('training-service');
  const other = await connect(url, 'training-service');
  const run = workspace.spawnCli(['migrate']);
  await run.printed(/training-service: its backup waits for hockey-hub-migrator/);
  await other.end();
  expect((await run.exited).exitCode).toBe(0);
});

test('pg_dump that fails in the middle: nothing is changed anywhere, nothing is left, no password is told', async () => {
  await start('template');
  const before = await facts();
  const bin = join(workspace.root, 'bin');
  await mkdir(bin);
  // Writes half of what it should, tells its own environment, and fails.
  const script = `#!/bin/sh
    [ "$1" = --version ] && echo 'pg_dump (PostgreSQL) 99.1' && exit 0
    for option in "$@"; do case "$option" in --file=*) mkdir "\${option#--file=}"; echo half > "\${option#--file=}/toc.dat";; esac; done
    echo "pg_dump: error: gone, with $PGPASSWORD" >&2
    exit 1\n`;
  for (const name of ['pg_dump', 'pg_restore']) {
    await writeFile(join(bin, name), script);
    await chmod(join(bin, name), 0o755);
  }
  const { exitCode, stdout, stderr } = await workspace.cli(['migrate'], { env: { MIGRATOR_PG_BIN: bin } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).toContain(
    'pg_dump 99.1 ended with exit code 1:\npg_dump: error: gone, with ***\nNothing of it was kept.',
  );
  expect(stdout).not.toContain(new URL(workspace.server.url).password);
  expect(await workspace.backups('user-service')).toEqual([]);
  await expectNothingChanged(before);

  await rm(bin, { recursive: true });
  expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
});

test('rows that turn up after the plan are not migrated without a backup', async () => {
  await start('template');
  // Empty when the run looks for rows; the lock holds it up until somebody has written one.
  await workspace.query('user-service', 'DELETE FROM users');
  const lock = await withConnectionHeld(workspace.urlOf('user-service'));
  const run = workspace.spawnCli(['migrate', 'user-service']);
  await run.printed(/another migrator is at work/);
  await workspace.query('user-service', 'INSERT INTO users VALUES (1)');
  await lock.end();
  const { exitCode, stderr } = await run.exited;
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringContaining('Nothing was changed. Run again.'),
  });
  expect((await databaseFacts(workspace, 'user-service'))?.ledger).toEqual(['AddUsers1700000000001']);
  expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
});

/** The migrator's own lock, held by somebody else. */
async function withConnectionHeld(url: string) {
  const client = await connect(url, 'holder');
  await client.query('SELECT pg_advisory_lock($1, $2)', [0x686f636b, 1]);
  return client;
}
