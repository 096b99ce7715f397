/** `migration-rehearse`, and `migrate --require-rehearsal`, with both ways to copy a database. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RehearsalReport } from '../../model';
import { withConnection } from '../../pg/connect';
import { withDatabase } from '../../pg/connection-url';
import { backupKinds, useBackupWorkspaces, type BackupWorkspace } from '../../testing/backup-workspace';
import { clubServices, createTable, ROWS } from '../../testing/club-services';
import { databaseFacts } from '../../testing/database-facts';

const SERVICES = ['user-service', 'training-service', 'calendar-service'];

describe.each(backupKinds())('copied as %s', (kind) => {
  const createWorkspace = useBackupWorkspaces(kind);
  let workspace: BackupWorkspace;
  beforeEach(async () => {
    workspace = await createWorkspace(clubServices());
    await workspace.cli(['migrate']);
    await workspace.writeMigration('user-service', '1700000000004-AddPhone', {
      up: [
        // Volatile, so that every row is written anew.
        'ALTER TABLE users ADD phone double precision DEFAULT random()',
        'DELETE FROM users WHERE id > 7',
        'CREATE TABLE phones (id int)',
      ],
    });
    await workspace.writeMigration('training-service', '1700000000005-AddLoads', createTable('loads'));
  });
  afterEach(() => workspace?.remove());

  const facts = () => Promise.all(SERVICES.map((service) => databaseFacts(workspace, service)));
  const scratch = async () => (await workspace.madeDatabases()).filter((name) => name.includes('scratch'));
  const refused = expect.stringMatching(
    /^this plan \(2 migration\(s\), fingerprint [0-9a-f]{12}\) was not rehearsed, so nothing was changed/,
  );

  test('says what production will see, leaves it alone, and opens the way for exactly this plan', async () => {
    const before = await facts();
    const early = await workspace.cli(['migrate', '--require-rehearsal']);
    expect(early).toMatchObject({ exitCode: 1, stderr: refused });
    expect(early.stderr).toContain('\n  migration-rehearse user-service training-service --fresh\n');

    // training-service depends on user-service, whose pending migration comes with it.
    const { exitCode, stdout, stderr } = await workspace.cli(['migration-rehearse', 'training-service']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const text = stdout.replace(/ +/g, ' ');
    expect(text).toMatch(/^user-service: rehearsed on the backup \S+, taken \S+ \S+ UTC$/m);
    expect(text).toMatch(
      /^user-service AddPhone1700000000004 [\d.]+ m?s users [\d.]+ m?s users [\d.]+ k?M?B [\d.]+ k?M?B$/m,
    );
    expect(text).toMatch(/^user-service users [\d.]+ m?s reads and writes AccessExclusiveLock$/m);
    expect(text).toMatch(/^user-service users 10 7$/m);
    expect(text).toMatch(/^user-service phones no table 0$/m);
    expect(text).toMatch(/^training-service loads no table 10$/m);
    expect(text).toMatch(/^2 migration\(s\) in [\d.]+ m?s, .* Nothing was changed in the real databases\.$/m);
    expect(text).not.toContain('Warning');
    expect(await facts()).toEqual(before);
    expect(await scratch()).toEqual([]);
    expect(await workspace.backups('user-service')).toHaveLength(1);

    await workspace.writeMigration('user-service', '1700000000006-AddMore', createTable('more'));
    const more = await workspace.cli(['migrate', '--require-rehearsal']);
    expect(more).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('3 migration(s)') });
    expect(await facts()).toEqual(before);
    const { exitCode: went } = await workspace.cli([
      'migrate',
      '--require-rehearsal',
      '--to',
      'user-service:AddPhone',
    ]);
    expect(went).toBe(1);
    await workspace.cli(['migration-rehearse', 'user-service', '--to', 'AddPhone']);
    const rehearsed = await workspace.cli([
      'migrate',
      'user-service',
      '--to',
      'AddPhone',
      '--require-rehearsal',
    ]);
    expect(rehearsed).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await databaseFacts(workspace, 'user-service'))?.rows).toEqual({ users: 7, phones: 0 });
  });

  test('uses the newest backup, and says when the databases have moved on since', async () => {
    await workspace.cli(['backup', 'user-service', 'training-service']);
    await workspace.query('user-service', 'INSERT INTO users VALUES (11)');
    await workspace.cli(['migrate', 'user-service', '--no-backup']);
    await workspace.writeMigration('user-service', '1700000000006-AddMore', createTable('more'));

    const old = await workspace.cli(['migration-rehearse', 'user-service', '--json']);
    const report: RehearsalReport = JSON.parse(old.stdout);
    expect(report.steps.map(({ migration }) => migration)).toEqual([
      'AddPhone1700000000004',
      'AddMore1700000000006',
    ]);
    expect(report).toMatchObject({
      current: false,
      rowChanges: expect.arrayContaining([
        { service: 'user-service', table: 'users', before: ROWS, after: 7 },
      ]),
    });
    expect((await workspace.cli(['migrate', 'user-service', '--require-rehearsal'])).exitCode).toBe(1);

    const fresh = await workspace.cli(['migration-rehearse', 'user-service', '--fresh', '--json']);
    expect(JSON.parse(fresh.stdout)).toMatchObject({
      current: true,
      steps: [{ migration: 'AddMore1700000000006' }],
    });
    expect((await workspace.cli(['migrate', 'user-service', '--require-rehearsal'])).exitCode).toBe(0);
  });

  test('--from rehearses on a copy of another database, with its own rows and history', async () => {
    const production = withDatabase(workspace.server.url, 'production', 'user-service');
    await workspace.cli(['migrate', 'user-service', '--to', 'AddUsers'], {
      env: { USER_SERVICE_DATABASE_URL: production },
    });
    await withConnection(production, 'user-service', async (client) => {
      await client.query('INSERT INTO users SELECT generate_series(101, 190)');
    });

    const { exitCode, stdout } = await workspace.cli([
      'migration-rehearse',
      'user-service',
      '--json',
      '--from',
      production,
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain(new URL(production).password);
    expect(JSON.parse(stdout)).toMatchObject({
      current: true,
      sources: { 'user-service': expect.stringMatching(/^a copy of 127\.0\.0\.1:\d+\/production$/) },
      rowChanges: expect.arrayContaining([
        { service: 'user-service', table: 'users', before: 100, after: 7 },
      ]),
    });
    expect(await workspace.backups('user-service')).toEqual([]);
    expect(await workspace.madeDatabases()).toEqual([]);
    const two = await workspace.cli(['migration-rehearse', '--from', production]);
    expect(two).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('name the one it belongs to') });
  });

  test('a migration that fails on the real rows: production is untouched, the step is named, nothing is left', async () => {
    await workspace.query('training-service', 'INSERT INTO workouts VALUES (-1)');
    await workspace.writeMigration('training-service', '1700000000007-Positive', {
      up: ['ALTER TABLE workouts ADD CHECK (id > 0)'],
    });
    const before = await facts();
    const { exitCode, stderr } = await workspace.cli(['migration-rehearse']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^rehearsing training-service:Positive1700000000007 failed\. It ran on a copy: the real databases are untouched\.$/m,
    );
    expect(stderr).toContain('file: apps/training-service/src/migrations/1700000000007-Positive.ts');
    expect(await facts()).toEqual(before);
    expect(await scratch()).toEqual([]);
    expect((await workspace.cli(['migrate', '--require-rehearsal'])).exitCode).toBe(1);
    expect(await facts()).toEqual(before);
  });

  test('databases that are not there yet are rehearsed empty', async () => {
    const env = {
      CALENDAR_SERVICE_DATABASE_URL: withDatabase(workspace.server.url, 'new_calendar', 'calendar-service'),
    };
    const { exitCode, stdout } = await workspace.cli(['migration-rehearse', 'calendar-service'], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('calendar-service: rehearsed on an empty database, as the real one is\n');
    expect(await readdir(join(workspace.backupFolder, 'rehearsals'))).toHaveLength(1);
    const nothing = await workspace.cli(['migration-rehearse', 'calendar-service']);
    expect(nothing).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing to rehearse: there is nothing to apply.\n',
    });
  });
});
