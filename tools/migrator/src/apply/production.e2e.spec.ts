/** Production: no superuser migrates by accident, and the service's own role cannot change what it works with. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { sqlstateOf, SQLSTATE } from '../pg/sqlstate';
import { clubServices, createTable, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { testServerUrl } from '../testing/migrator-tests.config';
import { acquireMigratorLock } from './migrator-lock';

const suffix = randomBytes(4).toString('hex');
/** Owns databases; the service's own; one that may do everything; and one that others are members of. */
const roles = {
  owner: `hub_owner_${suffix}`,
  runtime: `hub_runtime_${suffix}`,
  superuser: `hub_superuser_${suffix}`,
  group: `hub_group_${suffix}`,
};
const PASSWORD = 'Correct-Horse-7';

const onServer = (...statements: string[]) =>
  withConnection(testServerUrl(), 'test', async (client) => {
    for (const statement of statements) await client.query(statement);
  });

/** The service's URL with another role in it. */
function urlAs(role: string, url: string): string {
  const parsed = new URL(url);
  parsed.username = role;
  parsed.password = PASSWORD;
  return parsed.href;
}

let workspace: FixtureWorkspace;
let asOwner: { env: Record<string, string> };
beforeAll(() =>
  onServer(
    `CREATE ROLE ${roles.owner} LOGIN NOSUPERUSER CREATEDB PASSWORD '${PASSWORD}'`,
    `CREATE ROLE ${roles.runtime} LOGIN NOSUPERUSER PASSWORD '${PASSWORD}'`,
    `CREATE ROLE ${roles.superuser} SUPERUSER`,
    `CREATE ROLE ${roles.group}`,
  ),
);
afterAll(() => onServer(`DROP ROLE ${Object.values(roles).join(', ')}`));
beforeEach(async () => {
  workspace = await createFixtureWorkspace({
    services: clubServices({
      'user-service': {
        migrations: {
          '1700000000001-AddUsers': createTable('users'),
          '1700000000002-AddView': {
            up: [
              'CREATE TABLE tickets (id serial PRIMARY KEY)',
              'CREATE VIEW active_users AS SELECT id FROM users',
            ],
            down: ['DROP VIEW active_users', 'DROP TABLE tickets'],
          },
        },
      },
    }),
  });
  asOwner = {
    env: {
      NODE_ENV: 'production',
      USER_SERVICE_DATABASE_URL: urlAs(roles.owner, workspace.urlOf('user-service')),
      USER_SERVICE_RUNTIME_ROLE: roles.runtime,
    },
  };
});
afterEach(() => workspace.remove());

/** The SQLSTATE with which each statement ended as the runtime role; undefined for those that worked. */
async function asRuntimeRole(...statements: string[]): Promise<(string | undefined)[]> {
  const client = new Client({ connectionString: urlAs(roles.runtime, workspace.urlOf('user-service')) });
  await client.connect();
  try {
    const states: (string | undefined)[] = [];
    for (const statement of statements) {
      states.push(await client.query(statement).then(() => undefined, sqlstateOf));
    }
    return states;
  } finally {
    await client.end();
  }
}

const WORK = [
  'SELECT count(*) FROM users',
  'INSERT INTO users VALUES (99)',
  'UPDATE users SET id = 98 WHERE id = 99',
  'DELETE FROM users WHERE id = 98',
  'INSERT INTO tickets DEFAULT VALUES',
  'SELECT * FROM active_users',
  'SELECT name FROM public.migrations',
];
const DDL = [
  'CREATE TABLE mine (id int)',
  'CREATE TEMPORARY TABLE mine (id int)',
  'CREATE SCHEMA mine',
  'ALTER TABLE users ADD COLUMN mine int',
  'DROP TABLE users',
  'TRUNCATE users',
  'CREATE INDEX mine ON users (id)',
  'INSERT INTO public.migrations ("timestamp", name) VALUES (1, $$Mine1$$)',
  'SELECT * FROM migrator.history',
];

test('a superuser is refused in production before anything is changed, unless told', async () => {
  const production = { env: { NODE_ENV: 'production' } };
  const refused = await workspace.cli(['migrate', 'user-service'], production);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(
    /^user-service: NODE_ENV is production and its database URL names \w+, a superuser\. Nothing was changed\./,
  );
  expect(await databaseFacts(workspace, 'user-service')).toBeUndefined();

  expect((await workspace.cli(['migrate', 'user-service', '--allow-superuser'], production)).exitCode).toBe(
    0,
  );
  expect((await databaseFacts(workspace, 'user-service'))?.rows).toMatchObject({ users: ROWS });
});

test('the runtime role works with rows and changes no schema, from the first migration on', async () => {
  const run = await workspace.cli(['migrate', 'user-service'], asOwner);
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await asRuntimeRole(...WORK)).toEqual(WORK.map(() => undefined));
  expect(await asRuntimeRole(...DDL)).toEqual(DDL.map(() => SQLSTATE.insufficientPrivilege));
});

test('a role that is named later gets its grants from a run with nothing to apply', async () => {
  const { NODE_ENV, USER_SERVICE_DATABASE_URL } = asOwner.env as Record<string, string>;
  await workspace.cli(['migrate', 'user-service'], {
    env: { NODE_ENV: NODE_ENV!, USER_SERVICE_DATABASE_URL: USER_SERVICE_DATABASE_URL! },
  });
  expect(await asRuntimeRole('SELECT FROM users')).toEqual([SQLSTATE.insufficientPrivilege]);

  const { stdout } = await workspace.cli(['migrate', 'user-service'], asOwner);
  expect(stdout).toContain('Nothing to apply');
  expect(await asRuntimeRole(...WORK)).toEqual(WORK.map(() => undefined));
});

describe('a role that is named later', () => {
  const unnamed = () => ({ env: { ...asOwner.env, USER_SERVICE_RUNTIME_ROLE: '' } });
  const mayRead = () => asRuntimeRole('SELECT FROM users');
  const NOTHING_GRANTED = [SQLSTATE.insufficientPrivilege];

  test('gets nothing from a run that --only keeps to another service', async () => {
    expect((await workspace.cli(['migrate', '--allow-superuser'], unnamed())).exitCode).toBe(0);
    expect(await workspace.cli(['migrate', '--only', 'training-service'], asOwner)).toMatchObject({
      exitCode: 0,
    });
    expect(await mayRead()).toEqual(NOTHING_GRANTED);
  });

  test('gets nothing from a revert', async () => {
    await workspace.cli(['migrate', '--allow-superuser'], unnamed());
    const reverted = await workspace.cli(
      ['migration-revert', 'training-service', '--allow-superuser'],
      asOwner,
    );
    expect(reverted.exitCode).toBe(0);
    expect((await databaseFacts(workspace, 'training-service'))?.rows).toEqual({});
    expect(await mayRead()).toEqual(NOTHING_GRANTED);
  });

  test('gets nothing from a run that changes nothing because a backup failed', async () => {
    await workspace.cli(['migrate', '--allow-superuser'], unnamed());
    await workspace.writeMigration('training-service', '1700000000009-AddLoads', createTable('loads'));
    const { exitCode, stdout } = await workspace.cli(['migrate', '--allow-superuser'], {
      // No folder can be made inside a file.
      env: {
        ...asOwner.env,
        MIGRATOR_BACKUP: 'on',
        MIGRATOR_BACKUP_FOLDER: join(workspace.root, 'apps/user-service/project.json/backups'),
      },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Failed: training-service.');
    expect((await databaseFacts(workspace, 'training-service'))?.rows).toEqual({ workouts: ROWS });
    expect(await mayRead()).toEqual(NOTHING_GRANTED);
  });

  test('gets nothing from a superuser in production, unless told', async () => {
    await workspace.cli(['migrate', 'user-service'], unnamed());
    const env = { ...asOwner.env, USER_SERVICE_DATABASE_URL: workspace.urlOf('user-service') };
    const refused = await workspace.cli(['migrate', 'user-service'], { env });
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toMatch(/its database URL names \w+, a superuser\. Nothing was changed\./);
    expect(await mayRead()).toEqual(NOTHING_GRANTED);

    expect((await workspace.cli(['migrate', 'user-service', '--allow-superuser'], { env })).exitCode).toBe(0);
    expect(await mayRead()).toEqual([undefined]);
  });

  test('waits for another migrator', async () => {
    await workspace.cli(['migrate', 'user-service'], unnamed());
    const run = await withConnection(workspace.urlOf('user-service'), 'test', async (client) => {
      await acquireMigratorLock(queryOf(client), () => undefined);
      const started = workspace.spawnCli(['migrate', 'user-service'], asOwner);
      await started.printed(/user-service: another migrator is at work/);
      expect(await mayRead()).toEqual(NOTHING_GRANTED);
      return started;
    });
    expect((await run.exited).exitCode).toBe(0);
    expect(await mayRead()).toEqual([undefined]);
  });

  test('gets nothing of what others own, which is no obstacle', async () => {
    await workspace.cli(['migrate', 'user-service'], unnamed());
    // As the superuser who made the server.
    await workspace.query('user-service', 'CREATE TABLE of_somebody_else (id serial)');
    expect(await workspace.cli(['migrate', 'user-service'], asOwner)).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(await asRuntimeRole('SELECT FROM users', 'SELECT FROM of_somebody_else')).toEqual([
      undefined,
      SQLSTATE.insufficientPrivilege,
    ]);
  });

  test('loses what it had before and must not have', async () => {
    await workspace.cli(['migrate', 'user-service'], unnamed());
    await workspace.query(
      'user-service',
      `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${roles.runtime};
       GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${roles.runtime};
       GRANT ALL ON SCHEMA public, migrator TO ${roles.runtime};
       GRANT ALL ON ALL TABLES IN SCHEMA migrator TO PUBLIC`,
    );
    expect((await workspace.cli(['migrate', 'user-service'], asOwner)).exitCode).toBe(0);
    expect(await asRuntimeRole(...WORK)).toEqual(WORK.map(() => undefined));
    const forbidden = [...DDL, `SELECT setval('migrations_id_seq', 1)`];
    expect(await asRuntimeRole(...forbidden)).toEqual(forbidden.map(() => SQLSTATE.insufficientPrivilege));
  });

  test('is refused while a group gives it a right to create, which cannot be taken from it', async () => {
    await workspace.cli(['migrate', 'user-service'], unnamed());
    await workspace.query(
      'user-service',
      `GRANT CREATE ON SCHEMA public TO ${roles.group}; GRANT ${roles.group} TO ${roles.runtime}`,
    );
    try {
      const { exitCode, stdout } = await workspace.cli(['migrate', 'user-service'], asOwner);
      expect(exitCode).toBe(1);
      expect(stdout).toContain(
        `its runtime role ${roles.runtime} may do more than work with rows, and the migrator cannot take that from it: ` +
          'CREATE ON SCHEMA public. ',
      );
    } finally {
      await onServer(`REVOKE ${roles.group} FROM ${roles.runtime}`);
    }
  });
});

test('a view that is made again is never without its grants', async () => {
  await workspace.cli(['migrate', 'user-service'], asOwner);
  await workspace.writeMigration('user-service', '1700000000003-RemakeView', {
    up: ['DROP VIEW active_users', 'CREATE VIEW active_users AS SELECT id FROM users WHERE id > 0'],
    down: [],
  });
  expect((await workspace.cli(['migrate', 'user-service'], asOwner)).exitCode).toBe(0);
  expect(await asRuntimeRole('SELECT * FROM active_users')).toEqual([undefined]);
});

test.each([
  ['is missing', 'nobody_of_this_name', 'does not exist on this server'],
  ['is a superuser', roles.superuser, 'is a superuser, whom no grant holds back'],
  ['owns the tables', roles.owner, 'is, or can act as, the role that runs the migrations'],
])('a runtime role that %s is refused, and the migration with it', async (_, role, problem) => {
  const env = { ...asOwner.env, USER_SERVICE_RUNTIME_ROLE: role };
  const { exitCode, stdout } = await workspace.cli(['migrate', 'user-service'], { env });
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`its runtime role ${role} ${problem}`);
  expect(stdout).not.toContain(PASSWORD);
  expect((await databaseFacts(workspace, 'user-service'))?.ledger).toEqual([]);
});
