/** A migration that fails in the middle: no trace of it, no step of its dependents, everything of the others. */
import { clubServices, createTable, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';

/** Changes schema, rows and an existing table before its last statement divides by zero. */
const FAILS_IN_THE_MIDDLE = {
  up: [
    'CREATE TABLE teams (id int)',
    'INSERT INTO teams SELECT generate_series(1, 5)',
    'CREATE INDEX teams_by_id ON teams (id)',
    'DELETE FROM users WHERE id > 3',
    'ALTER TABLE users RENAME TO people',
    'INSERT INTO teams VALUES (1 / 0)',
  ],
};

const services = () =>
  clubServices({
    'user-service': {
      migrations: {
        '1700000000001-AddUsers': createTable('users'),
        '1700000000004-AddTeams': FAILS_IN_THE_MIDDLE,
        '1700000000005-AddSessions': createTable('sessions'),
      },
    },
  });

let workspace: FixtureWorkspace;
afterEach(() => workspace.remove());

test('it leaves no trace, its dependents are skipped, and independent services go on', async () => {
  workspace = await createFixtureWorkspace({ services: services() });

  const { exitCode, stdout, stderr } = await workspace.cli(['migrate']);

  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).toContain(
    'applying AddTeams1700000000004 to user-service failed: division by zero (SQLSTATE 22012)\n' +
      'file: apps/user-service/src/migrations/1700000000004-AddTeams.ts\n' +
      'statement: INSERT INTO teams VALUES (1 / 0)\n' +
      'Its transaction was rolled back: nothing of it is left, and nothing was recorded.\n',
  );
  expect(stdout).toContain(
    'user-service: AddSessions1700000000005 skipped: waits for user-service:AddTeams1700000000004, which failed\n',
  );
  expect(await databaseFacts(workspace, 'user-service')).toEqual({
    rows: { users: ROWS },
    indexes: [],
    ledger: ['AddUsers1700000000001'],
    history: ['up AddUsers1700000000001'],
  });
  expect(await databaseFacts(workspace, 'training-service')).toEqual({
    rows: {},
    indexes: [],
    ledger: [],
    history: [],
  });
  expect(await databaseFacts(workspace, 'calendar-service')).toEqual({
    rows: { events: ROWS },
    indexes: [],
    ledger: ['AddEvents1700000000003'],
    history: ['up AddEvents1700000000003'],
  });

  // Mended, the next run goes on from there.
  await workspace.writeMigration('user-service', '1700000000004-AddTeams', createTable('teams'));
  expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
  expect((await databaseFacts(workspace, 'user-service'))?.rows).toEqual({
    users: ROWS,
    teams: ROWS,
    sessions: ROWS,
  });
  expect((await databaseFacts(workspace, 'training-service'))?.rows).toEqual({ workouts: ROWS });
});

test('the report of --json is whole: every step has its outcome', async () => {
  workspace = await createFixtureWorkspace({ services: services() });

  const { exitCode, stdout } = await workspace.cli(['migrate', '--json']);

  expect(exitCode).toBe(1);
  const { report } = JSON.parse(stdout);
  const outcomes = report.steps.map((step: { id: string; status: string; error?: { code: string } }) => [
    step.id,
    step.status,
    step.error?.code,
  ]);
  expect(outcomes.sort()).toEqual([
    ['calendar-service:AddEvents1700000000003', 'applied', undefined],
    ['training-service:AddWorkouts1700000000002', 'skipped', 'PREREQUISITE_FAILED'],
    ['user-service:AddSessions1700000000005', 'skipped', 'PREREQUISITE_FAILED'],
    ['user-service:AddTeams1700000000004', 'failed', 'MIGRATION_FAILED'],
    ['user-service:AddUsers1700000000001', 'applied', undefined],
  ]);
});

test('--fail-fast starts nothing new after a failure, also in services that do not depend on it', async () => {
  workspace = await createFixtureWorkspace({
    services: {
      'calendar-service': { migrations: { '1700000000001-AddTeams': { up: ['SELECT 1 / 0'] } } },
      'user-service': { migrations: { '1700000000002-AddUsers': createTable('users') } },
    },
  });

  const { exitCode, stdout } = await workspace.cli(['migrate', '--fail-fast', '--parallel', '1']);

  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'user-service: AddUsers1700000000002 skipped: another migration failed and --fail-fast stops the run\n',
  );
  expect((await databaseFacts(workspace, 'user-service'))?.ledger).toEqual([]);
  expect((await workspace.cli(['migrate', '--parallel', '1'])).exitCode).toBe(1);
  expect((await databaseFacts(workspace, 'user-service'))?.rows).toEqual({ users: ROWS });
});

test('an error thrown by TypeScript, not by Postgres, is undone and told alike', async () => {
  workspace = await createFixtureWorkspace({ services: clubServices() });
  await workspace.writeMigration(
    'user-service',
    '1700000000004-AddTeams',
    `export class AddTeams1700000000004 {
      async up(queryRunner) {
        await queryRunner.query('CREATE TABLE teams (id int)');
        throw new TypeError('row 7 has no team');
      }
      async down() {}
    }`,
  );

  const { exitCode, stdout } = await workspace.cli(['migrate']);

  expect(exitCode).toBe(1);
  expect(stdout).toContain('applying AddTeams1700000000004 to user-service failed: row 7 has no team\n');
  expect((await databaseFacts(workspace, 'user-service'))?.rows).toEqual({ users: ROWS });
});

test('a failed revert leaves the migration applied and whole', async () => {
  workspace = await createFixtureWorkspace({
    services: {
      'user-service': {
        migrations: {
          '1700000000001-AddUsers': createTable('users', { down: ['DELETE FROM users', 'SELECT 1 / 0'] }),
        },
      },
    },
  });
  await workspace.cli(['migrate']);

  const { exitCode, stdout } = await workspace.cli(['migration-revert', 'user-service']);

  expect(exitCode).toBe(1);
  expect(stdout).toContain('reverting AddUsers1700000000001 from user-service failed: division by zero');
  expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
    rows: { users: ROWS },
    ledger: ['AddUsers1700000000001'],
    history: ['up AddUsers1700000000001'],
  });
});
