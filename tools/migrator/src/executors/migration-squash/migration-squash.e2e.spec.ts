/** `migration-squash`: what it writes is proven, runs alone on a new database and is only recorded on an old one. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseFacts } from '../../testing/database-facts';
import {
  createFixtureWorkspace,
  type FixtureWorkspace,
  type MigrationSpecs,
} from '../../testing/fixture-workspace';

const SERVICE = 'user-service';
const PLAIN: MigrationSpecs = {
  '1700000000001-AddRoles': {
    up: [
      `CREATE TABLE roles (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, made_at timestamptz DEFAULT now())`,
      'CREATE TABLE grants (id serial PRIMARY KEY, role_id uuid NOT NULL REFERENCES roles, may text)',
    ],
    down: ['DROP TABLE grants', 'DROP TABLE roles'],
  },
  '1700000000002-SeedRoles': {
    up: [
      `INSERT INTO roles (name) VALUES ('coach'), ('it''s \\ "odd" \${x}')`,
      `INSERT INTO grants (role_id, may) SELECT id, 'plan' FROM roles WHERE name = 'coach'`,
    ],
    down: [
      `DELETE FROM grants g USING roles r WHERE r.id = g.role_id AND r.name = 'coach' AND g.may = 'plan'`,
      `DELETE FROM roles WHERE name IN ('coach', 'it''s \\ "odd" \${x}')`,
    ],
  },
  '1700000000003-AddNote': {
    up: ['ALTER TABLE roles ADD COLUMN note text', 'CREATE INDEX by_name ON roles (name)'],
    down: ['DROP INDEX by_name', 'ALTER TABLE roles DROP COLUMN note'],
  },
};

const opened: FixtureWorkspace[] = [];
async function open(
  migrations: MigrationSpecs,
  others: Parameters<typeof createFixtureWorkspace>[0]['services'] = {},
) {
  const workspace = await createFixtureWorkspace({ services: { [SERVICE]: { migrations }, ...others } });
  opened.push(workspace);
  return workspace;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((workspace) => workspace.remove()));
});

const squash = (workspace: FixtureWorkspace, ...args: string[]) =>
  workspace.cli(['migration-squash', SERVICE, '--name', 'Together', ...args]);
const files = (workspace: FixtureWorkspace) =>
  readdir(join(workspace.root, `apps/${SERVICE}/src/migrations`));
const text = (workspace: FixtureWorkspace, file: string) =>
  readFile(join(workspace.root, `apps/${SERVICE}/src/migrations`, file), 'utf8');
const verify = (workspace: FixtureWorkspace) =>
  workspace.cli(['migration-verify', SERVICE, '--all', '--no-entities']);

test('all of them, condensed: a new database runs it alone, an old one records it, and both are the same', async () => {
  const workspace = await open(PLAIN);
  const dry = await squash(workspace, '--dry-run');
  expect(dry).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('export class Together1700000000004'),
  });
  expect(await files(workspace)).toHaveLength(3);

  await workspace.cli(['migrate', '--no-backup', '--to', 'SeedRoles']);
  const { exitCode, stdout, stderr } = await squash(workspace);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain(
    'Wrote apps/user-service/src/migrations/1700000000004-Together.ts, which replaces AddRoles1700000000001, SeedRoles1700000000002, AddNote1700000000003.\n' +
      'It makes their schema and the rows they seed, in one go.\n',
  );
  const source = await text(workspace, '1700000000004-Together.ts');
  expect(source).toContain(
    `static replaces = [\n    'AddRoles1700000000001',\n    'SeedRoles1700000000002',\n    'AddNote1700000000003',\n  ];`,
  );
  expect(source).not.toContain('ADD COLUMN note');
  expect(source).not.toContain('made_at", "');

  // Proven a second time, as CI would.
  const verified = await verify(workspace);
  expect(verified.stdout).toContain('Together1700000000004   reversible, equals what it replaces');
  expect(verified.exitCode).toBe(0);

  await workspace.cli(['migrate', '--no-backup']);
  const old = await databaseFacts(workspace, SERVICE);
  expect(old?.ledger).toEqual([
    ...Object.keys(PLAIN).map((name) => name.replace(/(\d+)-(.*)/, '$2$1')),
    'Together1700000000004',
  ]);

  for (const file of Object.keys(PLAIN))
    await rm(join(workspace.root, `apps/${SERVICE}/src/migrations/${file}.ts`));
  expect(await workspace.cli(['migration-status'])).toMatchObject({ exitCode: 0 });
  const fresh = await open({ '1700000000004-Together': source });
  expect((await fresh.cli(['migrate', '--no-backup'])).exitCode).toBe(0);
  const facts = await databaseFacts(fresh, SERVICE);
  expect(facts).toMatchObject({ rows: old?.rows, indexes: old?.indexes, ledger: ['Together1700000000004'] });
  expect(
    await fresh.query(
      SERVICE,
      'SELECT r.name, g.may FROM roles r LEFT JOIN grants g ON g.role_id = r.id ORDER BY 1',
    ),
  ).toEqual([
    { name: 'coach', may: 'plan' },
    { name: `it's \\ "odd" \${x}`, may: null },
  ]);
  await fresh.query(SERVICE, `INSERT INTO grants (role_id) SELECT id FROM roles LIMIT 1`);
});

test('what is more than entities can say is run as it was recorded, with parameters in place', async () => {
  const workspace = await open({
    ...PLAIN,
    '1700000000004-Stamp': {
      up: [
        'CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 1; RETURN NEW; END $$',
        'CREATE TRIGGER stamp BEFORE UPDATE ON roles FOR EACH ROW EXECUTE FUNCTION stamp()',
      ],
      down: ['DROP TRIGGER stamp ON roles', 'DROP FUNCTION stamp()'],
    },
  });
  const { exitCode, stdout } = await squash(workspace);
  expect(stdout).toContain(
    'It runs their statements as they were recorded, for the shorter way would not make the same: function stamp(): is missing',
  );
  expect(exitCode).toBe(0);
  const source = await text(workspace, '1700000000005-Together.ts');
  expect(source).toContain('CREATE TRIGGER stamp');
  expect(source.indexOf('DROP TRIGGER stamp')).toBeLessThan(source.indexOf('DROP TABLE roles'));
  expect((await verify(workspace)).exitCode).toBe(0);
});

test('a range in the middle keeps what later runs on rows', async () => {
  const workspace = await open({
    '1700000000001-AddUsers': {
      up: ['CREATE TABLE users (id int PRIMARY KEY, name text)'],
      down: ['DROP TABLE users'],
    },
    '1700000000010-AddUpper': {
      up: ['ALTER TABLE users ADD COLUMN upper text', 'UPDATE users SET upper = upper(name)'],
      down: ['ALTER TABLE users DROP COLUMN upper'],
    },
    '1700000000020-Rename': {
      up: ['ALTER TABLE users RENAME name TO title'],
      down: ['ALTER TABLE users RENAME title TO name'],
    },
    '1700000000030-AddIndex': {
      up: ['CREATE INDEX by_title ON users (title)'],
      down: ['DROP INDEX by_title'],
    },
  });
  const { exitCode, stdout, stderr } = await squash(workspace, '--from', 'AddUpper', '--to', 'Rename');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain(
    '1700000000021-Together.ts, which replaces AddUpper1700000000010, Rename1700000000020.',
  );
  expect(stdout).toContain('there are tables before them, with rows to keep');
  expect(await text(workspace, '1700000000021-Together.ts')).toContain(
    'UPDATE users SET upper = upper(name)',
  );
  const verified = await verify(workspace);
  expect(verified.stdout).toContain('equals what it replaces');
  expect(verified.exitCode).toBe(0);
});

test('refuses what it cannot prove: a migration that decides by the rows it finds', async () => {
  const workspace = await open({
    '1700000000001-AddUsers': {
      up: ['CREATE TABLE users (id int PRIMARY KEY, name text)'],
      down: ['DROP TABLE users'],
    },
    '1700000000002-AddFlag': {
      up: ['ALTER TABLE users ADD COLUMN flag int'],
      down: ['ALTER TABLE users DROP COLUMN flag'],
    },
    '1700000000003-Flag': `
      export class Flag1700000000003 {
        async up(queryRunner) {
          for (const { id } of await queryRunner.query('SELECT id FROM users'))
            await queryRunner.query('UPDATE users SET flag = 1 WHERE id = $1', [id]);
        }
        async down(queryRunner) { await queryRunner.query('UPDATE users SET flag = NULL'); }
      }`,
  });
  const { exitCode, stderr } = await squash(workspace, '--from', 'AddFlag');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^user-service: the statements of AddFlag1700000000002, Flag1700000000003, recorded and run again, do not make the same database, so nothing was written:\n\s+users: a row is not expected: /,
  );
  expect(await files(workspace)).toHaveLength(3);
});

test('carries what they wait for in other services, and refuses to make one of what goes back and forth', async () => {
  const add = (table: string, dependsOn: string[] = []) => ({
    up: [`CREATE TABLE ${table} (id int)`],
    down: [`DROP TABLE ${table}`],
    dependsOn,
  });
  const workspace = await open(
    {
      '1700000000001-AddUsers': add('users'),
      '1700000000020-AddPlayers': add('players', ['training-service:AddWorkouts']),
      '1700000000030-AddCoaches': add('coaches', ['training-service:AddLoads']),
    },
    {
      'training-service': {
        migrations: {
          '1700000000001-AddWorkouts': add('workouts'),
          '1700000000002-AddLoads': add('loads', ['user-service:AddPlayers']),
        },
      },
    },
  );
  const { exitCode, stderr } = await squash(workspace);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'user-service:Together1700000000031 -> training-service:AddLoads1700000000002 -> user-service:Together1700000000031',
  );

  expect((await squash(workspace, '--to', 'AddPlayers')).exitCode).toBe(0);
  const source = await text(workspace, '1700000000021-Together.ts');
  expect(source).toContain(`static dependsOn = ['training-service:AddWorkouts'];`);
});

test('refuses names, ranges and places that cannot be', async () => {
  const add = (table: string) => ({ up: [`CREATE TABLE ${table} (id int)`], down: [`DROP TABLE ${table}`] });
  const workspace = await open({
    '1700000000001-AddA': add('a'),
    '1700000000002-AddB': add('b'),
    '1700000000003-AddC': add('c'),
  });
  const refusal = async (...args: string[]) =>
    (await workspace.cli(['migration-squash', SERVICE, ...args])).stderr;
  expect(await refusal('--name', 'AddB')).toContain('has a migration named AddB already');
  expect(await refusal('--name', 'All', '--from', 'AddX')).toContain(
    '--from AddX names none of its migrations. There are: AddA1700000000001, ',
  );
  expect(await refusal('--name', 'All', '--from', 'AddC')).toContain(
    'there is one migration only (AddC1700000000003)',
  );
  expect(await refusal('--name', 'All', '--to', 'AddB')).toContain(
    'between apps/user-service/src/migrations/1700000000002-AddB.ts and apps/user-service/src/migrations/1700000000003-AddC.ts no timestamp is left',
  );
  expect(await files(workspace)).toHaveLength(3);
});
