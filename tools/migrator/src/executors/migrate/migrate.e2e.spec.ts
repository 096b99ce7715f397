/** `migrate`: its options, and the databases it refuses to touch. */
import { withConnection } from '../../pg/connect';
import { withDatabase, databaseName } from '../../pg/connection-url';
import { clubServices, createTable, ROWS } from '../../testing/club-services';
import { databaseFacts } from '../../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../../testing/fixture-workspace';
import { testServerUrl } from '../../testing/migrator-tests.config';
import { startOwnServer } from '../../testing/own-server';

let workspace: FixtureWorkspace;
beforeEach(async () => {
  workspace = await createFixtureWorkspace({
    services: clubServices({
      'user-service': {
        migrations: {
          '1700000000001-AddUsers': createTable('users'),
          '1700000000004-AddTeams': createTable('teams', { transaction: false }),
          '1700000000005-AddRoles': createTable('roles'),
        },
      },
    }),
  });
});
afterEach(() => workspace.remove());

async function expectNoDatabases(): Promise<void> {
  for (const service of ['user-service', 'training-service', 'calendar-service']) {
    expect(await databaseFacts(workspace, service)).toBeUndefined();
  }
}

test('--dry-run prints the plan that the next run applies, and creates nothing, not even a database', async () => {
  const { exitCode, stdout } = await workspace.cli(['migrate', 'training-service', '--dry-run']);

  expect(exitCode).toBe(0);
  expect(stdout.split('\n').map((line) => line.replace(/ +/g, ' ').trim())).toEqual([
    'Would apply, in this order:',
    'service migration waits for rollback',
    '1 user-service AddUsers1700000000001 migration-revert (1 statement)',
    '2 user-service AddTeams1700000000004 no transaction migration-revert (1 statement)',
    '3 user-service AddRoles1700000000005 migration-revert (1 statement)',
    '4 training-service AddWorkouts1700000000002 user-service:AddRoles1700000000005 migration-revert (1 statement)',
    'Dry run: nothing was changed.',
    '',
  ]);
  await expectNoDatabases();
});

test('--json prints one document with the plan and the report', async () => {
  const { exitCode, stdout, stderr } = await workspace.cli(['migrate', 'user-service', '--json']);

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { plan, report } = JSON.parse(stdout);
  expect(plan).toMatchObject({ direction: 'up', services: ['user-service'], drift: [] });
  expect(report).toMatchObject({ direction: 'up', dryRun: false, serviceErrors: {} });
  expect(report.steps.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual(
    plan.steps.map(({ id }: { id: string }) => [id, 'applied']),
  );
});

test('--sql prints the statements in the transactions they would run in, and changes nothing', async () => {
  const { exitCode, stdout } = await workspace.cli(['migrate', 'user-service', '--sql', '--to', 'AddTeams']);

  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    [
      '-- user-service: AddUsers1700000000001',
      '-- apps/user-service/src/migrations/1700000000001-AddUsers.ts',
      'BEGIN;',
      'CREATE TABLE users (id int PRIMARY KEY);',
      'INSERT INTO users SELECT generate_series(1, 10);',
      'COMMIT;',
      '-- rollback: migration-revert (1 statement)',
      '--   DROP TABLE users;',
      '',
      '-- user-service: AddTeams1700000000004',
      '-- apps/user-service/src/migrations/1700000000004-AddTeams.ts',
      'CREATE TABLE teams (id int PRIMARY KEY);',
      'INSERT INTO teams SELECT generate_series(1, 10);',
      '-- rollback: migration-revert (1 statement)',
      '--   DROP TABLE teams;',
      '',
      '',
    ].join('\n'),
  );
  await expectNoDatabases();
});

test('--sql leaves no scratch database behind, also when a migration fails in it', async () => {
  const server = await startOwnServer();
  const other = await createFixtureWorkspace({ services: clubServices(), serverUrl: server.url });
  try {
    await other.writeMigration('calendar-service', '1700000000009-AddRooms', { up: ['SELECT 1 / 0'] });
    expect((await other.cli(['migrate', '--sql', 'user-service'])).exitCode).toBe(0);
    const failed = await other.cli(['migrate', '--sql', 'calendar-service']);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain(
      'calendar-service: replaying AddRooms1700000000009 (up) in a scratch database',
    );

    const { rows } = await withConnection(server.url, 'test', (client) =>
      client.query('SELECT datname FROM pg_database WHERE NOT datistemplate'),
    );
    expect(rows).toEqual([{ datname: 'postgres' }]);
  } finally {
    await other.remove();
    await server.stop();
  }
});

test('--to stops after a migration, and the next run does the rest', async () => {
  await workspace.cli(['migrate', 'user-service', '--to', 'AddUsers']);
  expect((await databaseFacts(workspace, 'user-service'))?.rows).toEqual({ users: ROWS });

  await workspace.cli(['migrate', '--to', 'user-service:AddTeams1700000000004']);
  expect((await databaseFacts(workspace, 'user-service'))?.rows).toEqual({ users: ROWS, teams: ROWS });
  expect(await databaseFacts(workspace, 'calendar-service')).toBeUndefined();

  await workspace.cli(['migrate']);
  expect((await databaseFacts(workspace, 'user-service'))?.rows).toEqual({
    users: ROWS,
    teams: ROWS,
    roles: ROWS,
  });
});

test.each([
  [['migrate', 'user-service', '--to', 'AddTeam'], '--to AddTeam names no migration of user-service.'],
  [['migrate', 'payment-service'], 'there is no service payment-service.'],
  [['migrate', '--lock-timeout-ms', 'soon'], '--lock-timeout-ms takes a whole number from 0.'],
])('%j is refused', async (args, message) => {
  const { exitCode, stderr } = await workspace.cli(args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
  await expectNoDatabases();
});

test('a database that has tables and no ledger is left exactly as it is', async () => {
  const url = workspace.urlOf('user-service');
  const name = databaseName(url, 'user-service');
  await withConnection(testServerUrl(), 'test', (client) => client.query(`CREATE DATABASE ${name}`));
  await withConnection(withDatabase(url, name, 'user-service'), 'test', (client) =>
    client.query('CREATE TABLE legacy_users AS SELECT generate_series(1, 7) AS id'),
  );

  const { exitCode, stdout } = await workspace.cli(['migrate']);

  expect(exitCode).toBe(1);
  expect(stdout).toContain('user-service: its database has tables, but no record of migrations');
  expect(stdout).toContain('`migration-adopt`');
  expect(await databaseFacts(workspace, 'user-service')).toEqual({
    rows: { legacy_users: 7 },
    indexes: [],
    ledger: undefined,
    history: undefined,
  });
  expect(await databaseFacts(workspace, 'training-service')).toBeUndefined();
  expect((await databaseFacts(workspace, 'calendar-service'))?.rows).toEqual({ events: ROWS });
  expect((await workspace.cli(['migration-status', 'user-service'])).exitCode).toBe(1);
});
