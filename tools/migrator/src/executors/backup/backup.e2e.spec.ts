/** `backup`, `backup-list` and `restore`, in both ways to back up. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupManifest } from '../../backup/manifest';
import { withConnection } from '../../pg/connect';
import { databaseName, describeUrl, withDatabase } from '../../pg/connection-url';
import { backupKinds, useBackupWorkspaces, type BackupWorkspace } from '../../testing/backup-workspace';
import { clubServices, createTable, ROWS } from '../../testing/club-services';
import { databaseFacts } from '../../testing/database-facts';

const ID = /\d{8}T\d{6}Z-[0-9a-f]{6}/;
const NAME = 'user-service';

describe.each(backupKinds())('as %s', (kind) => {
  const createWorkspace = useBackupWorkspaces(kind);
  let workspace: BackupWorkspace;
  beforeEach(async () => {
    workspace = await createWorkspace(
      clubServices({
        [NAME]: {
          migrations: {
            '1700000000001-AddUsers': createTable('users'),
            '1700000000004-AddOddRows': {
              up: [
                'CREATE SCHEMA legacy',
                `CREATE TABLE legacy."Odd ""rows""" (t text, at timestamptz, n float8, b bytea, j jsonb)`,
                `INSERT INTO legacy."Odd ""rows""" SELECT 'row ' || i, now(), pi() * i, '\\x00ff', '{"a": 1}' FROM generate_series(1, 500) i`,
                `INSERT INTO legacy."Odd ""rows""" VALUES (NULL, NULL, 'NaN', NULL, NULL), (NULL, NULL, 'NaN', NULL, NULL)`,
              ],
            },
          },
        },
      }),
    );
    const { exitCode, stdout } = await workspace.cli(['migrate']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  });
  afterEach(() => workspace?.remove());

  async function backUp(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await workspace.cli(['backup', NAME, ...args]);
    expect({ exitCode, stderr, stdout }).toMatchObject({ exitCode: 0, stderr: '' });
    return ID.exec(stdout)![0];
  }

  async function manifest(id: string): Promise<BackupManifest> {
    return JSON.parse(await readFile(join(workspace.backupFolder, NAME, id, 'manifest.json'), 'utf8'));
  }

  const onLive = (sql: string) => workspace.query(NAME, sql);
  const usersIn = (database: string) =>
    withConnection(withDatabase(workspace.urlOf(NAME), database, NAME), NAME, async (client) => {
      const { rows } = await client.query<{ id: number }>('SELECT id FROM users ORDER BY id');
      return rows.map(({ id }) => id);
    });
  const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  test('a backup says what is in it, is private, and is whole when it is restored', async () => {
    const { stdout } = await workspace.cli(['backup', NAME, '--verify']);
    const id = ID.exec(stdout)![0];
    expect(stdout).toMatch(new RegExp(`^backed up user-service: ${id}, [\\d.]+ [kM]B in [\\d.]+ m?s$`, 'm'));
    expect(stdout).toContain(`restored ${id} to a scratch database: counts and checksums agree\n`);

    const made = await manifest(id);
    expect(made).toMatchObject({
      id,
      service: NAME,
      kind,
      reason: 'asked',
      origin: describeUrl(workspace.urlOf(NAME), NAME),
      migrations: ['AddUsers1700000000001', 'AddOddRows1700000000004'],
      verifiedAt: expect.any(String),
    });
    expect(made.tables).toMatchObject({
      users: { rows: ROWS },
      'legacy.Odd "rows"': { rows: 502 },
      migrations: { rows: 2 },
      'migrator.history': { rows: 2 },
    });
    expect(JSON.stringify(made)).not.toContain(new URL(workspace.server.url).password);
    const modes = await Promise.all(
      ['', 'manifest.json'].map(
        async (name) => (await stat(join(workspace.backupFolder, NAME, id, name))).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o600]);
    expect(await workspace.madeDatabases()).toEqual(kind === 'template' ? [`migrator_backup_${id}`] : []);

    const list = await workspace.cli(['backup-list', NAME]);
    expect(list.stdout).toMatch(new RegExp(`user-service +${id} .* ${kind} .* UTC +asked`));
    const json = await workspace.cli(['backup-list', '--json']);
    expect(JSON.parse(json.stdout)).toEqual([made]);
  });

  test('a restore to a new database has all rows, and the live one keeps its own', async () => {
    const id = await backUp();
    await onLive('INSERT INTO users VALUES (11)');
    const refusal = await workspace.cli([
      'restore',
      NAME,
      '--to-database',
      databaseName(workspace.urlOf(NAME), NAME),
    ]);
    expect(refusal).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--replace') });

    const dry = await workspace.cli(['restore', NAME, '--to-database', 'restored copy', '--dry-run']);
    expect(dry.stdout).toContain('to the new database restored copy.\nDry run: nothing was changed.\n');
    const { exitCode, stdout, stderr } = await workspace.cli([
      'restore',
      NAME,
      '--to-database',
      'restored copy',
      '--verify',
    ]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      new RegExp(
        `^Restored backup ${id} of user-service to the database restored copy: 4 table\\(s\\), 516 row\\(s\\), counts and checksums agree`,
      ),
    );
    expect(await usersIn('restored copy')).toEqual(ids(ROWS));
    expect(await usersIn(databaseName(workspace.urlOf(NAME), NAME))).toEqual(ids(ROWS + 1));
  });

  test('--replace puts the backup in the place of the live database, which is kept with what was in it', async () => {
    const live = databaseName(workspace.urlOf(NAME), NAME);
    await withConnection(workspace.server.url, 'test', async (client) => {
      await client.query(
        `CREATE ROLE app LOGIN; REVOKE ALL ON DATABASE "${live}" FROM PUBLIC; GRANT CONNECT ON DATABASE "${live}" TO app`,
      );
      await client.query(
        `ALTER DATABASE "${live}" SET search_path = legacy, public; ALTER DATABASE "${live}" SET statement_timeout = '7min'`,
      );
    });
    const first = await backUp();
    await onLive('INSERT INTO users VALUES (11)');
    await backUp();

    const unsaid = await workspace.cli(['restore', NAME]);
    expect(unsaid).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--to-database') });
    const busy = await withConnection(workspace.urlOf(NAME), NAME, (client) =>
      client
        .query(`SET application_name = 'training app'`)
        .then(() => workspace.cli(['restore', NAME, '--replace'])),
    );
    expect(busy.stderr).toMatch(/^ {2}training app \(process \d+ of user hockey_hub from 127\.0\.0\.1\)$/m);

    const { stdout, exitCode, stderr } = await workspace.cli([
      'restore',
      NAME,
      '--replace',
      '--backup',
      first,
    ]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const old = new RegExp(`kept as (${live}_before_${ID.source})\\.`).exec(stdout)![1]!;
    expect(stdout).toContain(`DROP DATABASE "${old}";`);
    expect(await usersIn(live)).toEqual(ids(ROWS));
    expect(await usersIn(old)).toEqual(ids(ROWS + 1));
    expect((await databaseFacts(workspace, NAME))?.ledger).toEqual([
      'AddUsers1700000000001',
      'AddOddRows1700000000004',
    ]);
    const [settings] = await workspace.query<{ path: string; timeout: string; acl: string }>(
      NAME,
      `SELECT current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout,
              has_database_privilege('app', current_database(), 'CONNECT') AND NOT has_database_privilege('app', current_database(), 'TEMPORARY') AS acl`,
    );
    expect(settings).toEqual({ path: 'legacy, public', timeout: '7min', acl: true });
    expect((await workspace.cli(['migrate'])).stdout).toContain('Nothing to apply');
  });

  test('the oldest go, and a damaged one is found', async () => {
    const first = await backUp();
    const second = await backUp();
    const third = await backUp('--keep', '2');
    expect(await workspace.backups(NAME)).toEqual([second, third].sort());
    expect(await workspace.madeDatabases()).toEqual(
      kind === 'template' ? [second, third].sort().map((id) => `migrator_backup_${id}`) : [],
    );
    const origin = describeUrl(workspace.urlOf(NAME), NAME);
    const gone = await workspace.cli(['restore', NAME, '--verify', '--backup', first]);
    expect(gone).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`There are: ${third} of ${origin}, ${second} of ${origin}.`),
    });
    expect((await workspace.cli(['restore', NAME, '--verify'])).stdout).toContain(
      `backup ${third} of user-service is whole`,
    );

    await damage(third);
    const damaged = await workspace.cli(['restore', NAME, '--replace']);
    expect(damaged).toMatchObject({ exitCode: 1, stdout: '' });
    expect(damaged.stderr).toMatch(
      kind === 'template' ? /\n {2}users: 9 row\(s\), the backup says 10\n/ : /restoring the backup/,
    );
    expect(await usersIn(databaseName(workspace.urlOf(NAME), NAME))).toEqual(ids(ROWS));
    expect((await workspace.madeDatabases()).filter((name) => name.includes('scratch'))).toEqual([]);
  });

  async function damage(id: string): Promise<void> {
    if (kind === 'template') {
      await withConnection(workspace.server.url, 'test', (client) =>
        client.query(`ALTER DATABASE "migrator_backup_${id}" ALLOW_CONNECTIONS true`),
      );
      await withConnection(
        withDatabase(workspace.server.url, `migrator_backup_${id}`, NAME),
        NAME,
        (client) => client.query('DELETE FROM users WHERE id = 1'),
      );
      return;
    }
    const { truncate, readdir } = await import('node:fs/promises');
    const dump = join(workspace.backupFolder, NAME, id, 'dump');
    for (const name of await readdir(dump)) if (name.endsWith('.gz')) await truncate(join(dump, name), 10);
  }

  test('a backup of a database that is not there is an error, and leaves nothing', async () => {
    const { exitCode, stdout } = await workspace.cli(['backup', NAME, '--json'], {
      env: { USER_SERVICE_DATABASE_URL: withDatabase(workspace.urlOf(NAME), 'nowhere', NAME) },
    });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      backups: [],
      failures: { [NAME]: expect.stringContaining('nowhere') },
    });
    expect(await workspace.backups(NAME)).toEqual([]);
  });
});
