/** `migration-status` compares the live schema with what the applied migrations make. */
import { rm } from 'node:fs/promises';
import { escapeIdentifier } from 'pg';
import type { ServiceStatus } from '../../model';
import { withConnection } from '../../pg/connect';
import { createTable } from '../../testing/club-services';
import { createFixtureWorkspace, type FixtureWorkspace } from '../../testing/fixture-workspace';

const BETWEEN = 'CHECK (id BETWEEN 1 AND 100 AND id BETWEEN 0 AND 1000)';

let workspace: FixtureWorkspace;
beforeEach(async () => {
  workspace = await createFixtureWorkspace({
    services: {
      'user-service': {
        migrations: {
          '1700000000001-AddUsers': {
            up: [
              `CREATE TABLE users (id int PRIMARY KEY, name text DEFAULT 'x', CONSTRAINT ck ${BETWEEN})`,
              `CREATE INDEX by_id ON users (id) WHERE (id BETWEEN 1 AND 2 AND id BETWEEN 3 AND 4)`,
              `CREATE VIEW coaches AS SELECT id FROM users WHERE name::varchar IN ('coach', 'assistant')`,
            ],
          },
          '1700000000002-AddTeams': createTable('teams'),
        },
      },
    },
  });
  expect((await workspace.cli(['migrate', '--no-backup'])).exitCode).toBe(0);
});
afterEach(() => workspace.remove());

async function drift(...args: string[]) {
  const { exitCode, stdout } = await workspace.cli(['migration-status', '--json', ...args]);
  const [status] = JSON.parse(stdout) as ServiceStatus[];
  return { exitCode, ...status?.schemaDrift };
}

const change = (...statements: string[]) =>
  withConnection(workspace.urlOf('user-service'), 'test', async (client) => {
    for (const statement of statements) await client.query(statement);
  });

test('0 when nobody touched it; what somebody did by hand is drift; --no-schema does not look', async () => {
  expect(await drift()).toEqual({ exitCode: 0, differences: [] });

  await change(
    'CREATE INDEX by_name ON users (name)',
    'ALTER TABLE teams ADD COLUMN note text',
    'DROP TABLE IF EXISTS nothing',
    'CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    'CREATE TRIGGER stamp BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION stamp()',
    'GRANT SELECT ON users TO PUBLIC',
    'ALTER TABLE users SET (fillfactor = 90)',
  );
  expect(await drift()).toEqual({
    exitCode: 4,
    differences: [
      'teams.note: the column (text) is not expected',
      'users: index by_name is not expected: CREATE INDEX by_name ON public.users USING btree (name)',
      expect.stringMatching(/^function stamp\(\): is not expected, is CREATE OR REPLACE FUNCTION/),
      expect.stringMatching(/^trigger users\.stamp: is not expected, is CREATE TRIGGER stamp/),
    ],
  });
  const { stdout } = await workspace.cli(['migration-status']);
  expect(stdout).toContain(
    'Warning: user-service: its schema is not what the applied migrations make. Somebody changed it by hand; put that into a ' +
      'migration, or take it back:\n  teams.note: the column (text) is not expected\n',
  );
  expect(await drift('--no-schema')).toEqual({ exitCode: 0 });
});

test('pending migrations are no drift, nor are expressions that only print differently, as after a restore', async () => {
  await workspace.writeMigration('user-service', '1700000000003-AddGames', createTable('games'));
  expect(await drift()).toEqual({ exitCode: 3, differences: [] });

  const [printed] = await workspace.query<{ check: string; index: string; view: string }>(
    'user-service',
    `SELECT pg_get_constraintdef(oid) AS check, pg_get_indexdef('by_id'::regclass) AS index, pg_get_viewdef('coaches'::regclass) AS view
     FROM pg_constraint WHERE conname = 'ck'`,
  );
  await change(
    `ALTER TABLE users DROP CONSTRAINT ck, ADD CONSTRAINT ck ${printed!.check}`,
    `DROP INDEX by_id`,
    printed!.index,
    `CREATE OR REPLACE VIEW coaches AS ${printed!.view}`,
  );
  expect(
    await workspace.query('user-service', `SELECT pg_get_viewdef('coaches'::regclass) AS view`),
  ).not.toEqual([{ view: printed!.view }]);
  expect(await drift()).toEqual({ exitCode: 3, differences: [] });

  await change(
    'ALTER TABLE users DROP CONSTRAINT ck, ADD CONSTRAINT ck CHECK (id > 0)',
    `ALTER TABLE users ALTER name SET DEFAULT 'y'`,
  );
  expect((await drift()).differences).toEqual([
    `users.name: default is 'y'::text, expected 'x'::text`,
    expect.stringMatching(/^users: constraint ck is CHECK \(\(id > 0\)\), expected CHECK/),
  ]);
});

test('says why it could not compare: a file is gone, the replay fails, the role may make no database', async () => {
  const path = await workspace.writeMigration('user-service', '1700000000002-AddTeams', {
    up: ['SELECT 1/0'],
  });
  expect((await drift()).notCompared).toContain(
    'replaying AddTeams1700000000002 (up) in a scratch database failed',
  );
  await rm(path);
  expect((await drift()).notCompared).toBe('the files of applied migrations are gone: AddTeams1700000000002');

  await workspace.writeMigration('user-service', '1700000000002-AddTeams', createTable('teams'));
  const role = escapeIdentifier(`modest_${Date.now()}`);
  await change(
    `CREATE ROLE ${role} LOGIN PASSWORD 'modest'`,
    `GRANT SELECT ON migrations TO ${role}`,
    `GRANT USAGE ON SCHEMA migrator TO ${role}`,
    `GRANT SELECT ON migrator.history TO ${role}`,
  );
  try {
    const url = new URL(workspace.urlOf('user-service'));
    url.username = role.replaceAll('"', '');
    url.password = 'modest';
    const env = { USER_SERVICE_DATABASE_URL: url.href };
    const { exitCode, stdout } = await workspace.cli(['migration-status'], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      "Warning: user-service: its schema was not compared with its migrations: user-service: this needs a scratch database on the service's server, and the role",
    );
  } finally {
    await change(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
  }
});

test('a migration that is applied meanwhile is no drift', async () => {
  for (let number = 3; number < 23; number++) {
    const timestamp = 1_700_000_000_000 + number;
    await workspace.writeMigration(
      'user-service',
      `${timestamp}-AddTable${number}x`,
      createTable(`t${number}`),
    );
  }
  let migrating = true;
  const migrate = workspace.cli(['migrate', '--no-backup']).finally(() => (migrating = false));
  const seen: string[] = [];
  do {
    const { differences = [], notCompared } = await drift();
    seen.push(...differences);
    expect(notCompared ?? '').not.toContain('failed');
  } while (migrating);
  expect((await migrate).exitCode).toBe(0);
  expect(seen).toEqual([]);
});
