/** `migration-revert`: how far back it goes, and what it refuses to pull from under others. */
import { createTable, ROWS } from '../../testing/club-services';
import { databaseFacts } from '../../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../../testing/fixture-workspace';

let workspace: FixtureWorkspace;
beforeEach(async () => {
  workspace = await createFixtureWorkspace({
    services: {
      'user-service': {
        migrations: {
          '1700000000001-AddUsers': createTable('users'),
          '1700000000002-AddTeams': createTable('teams'),
          '1700000000003-AddRoles': createTable('roles'),
        },
      },
      'training-service': {
        migrations: {
          '1700000000001-AddWorkouts': createTable('workouts'),
          '1700000000002-AddTeamPlans': createTable('team_plans', { dependsOn: ['user-service:AddTeams'] }),
        },
      },
    },
  });
  await workspace.cli(['migrate']);
});
afterEach(() => workspace.remove());

/** The tables of user-service and training-service. */
async function tables(): Promise<string[][]> {
  const facts = await Promise.all(
    ['user-service', 'training-service'].map((service) => databaseFacts(workspace, service)),
  );
  return facts.map((fact) => Object.keys(fact?.rows ?? {}).sort());
}

const ALL = [
  ['roles', 'teams', 'users'],
  ['team_plans', 'workouts'],
];

test('takes back the newest migration of the named service, and migrate brings it again', async () => {
  const { exitCode, stdout } = await workspace.cli(['migration-revert', 'user-service']);

  expect(exitCode).toBe(0);
  expect(stdout).toContain('user-service: AddRoles1700000000003 reverted in ');
  expect(await databaseFacts(workspace, 'user-service')).toEqual({
    rows: { users: ROWS, teams: ROWS },
    indexes: [],
    ledger: ['AddUsers1700000000001', 'AddTeams1700000000002'],
    history: [
      'up AddUsers1700000000001',
      'up AddTeams1700000000002',
      'up AddRoles1700000000003',
      'down AddRoles1700000000003',
    ],
  });
  await workspace.cli(['migrate']);
  expect(await tables()).toEqual(ALL);
});

const REFUSED =
  'would take away what these applied migrations depend on:\n  training-service:AddTeamPlans1700000000002\n' +
  'Revert them first, or add --with-dependents to revert them with it, in the right order.';

test.each([
  ['--steps', ['--steps', '2']],
  ['--to', ['--to', 'AddUsers']],
])('%s: dependents in other services are named and nothing is done', async (_, options) => {
  const { exitCode, stderr } = await workspace.cli(['migration-revert', 'user-service', ...options]);

  expect(exitCode).toBe(1);
  expect(stderr).toContain(REFUSED);
  expect(await tables()).toEqual(ALL);
});

test('--with-dependents reverts them first; --dry-run says so and changes nothing', async () => {
  const args = ['migration-revert', 'user-service', '--steps', '2', '--with-dependents'];

  const dryRun = await workspace.cli([...args, '--dry-run', '--json']);
  const ids = JSON.parse(dryRun.stdout).plan.steps.map(({ id }: { id: string }) => id);
  expect([...ids].sort()).toEqual([
    'training-service:AddTeamPlans1700000000002',
    'user-service:AddRoles1700000000003',
    'user-service:AddTeams1700000000002',
  ]);
  expect(ids.indexOf('training-service:AddTeamPlans1700000000002')).toBeLessThan(
    ids.indexOf('user-service:AddTeams1700000000002'),
  );
  expect(await tables()).toEqual(ALL);

  expect((await workspace.cli(args)).exitCode).toBe(0);
  expect(await tables()).toEqual([['users'], ['workouts']]);
});

test('once the dependents are reverted, what they needed can be', async () => {
  expect((await workspace.cli(['migration-revert', 'training-service'])).exitCode).toBe(0);
  expect((await workspace.cli(['migration-revert', 'user-service', '--to', 'AddUsers'])).exitCode).toBe(0);
  expect(await tables()).toEqual([['users'], ['workouts']]);
});

test('a dependent whose database cannot be read is not forgotten', async () => {
  const env = { TRAINING_SERVICE_DATABASE_URL: 'postgres://hub@127.0.0.1:1/training_service' };

  const { exitCode, stderr } = await workspace.cli(['migration-revert', 'user-service', '--steps', '2'], {
    env,
  });

  expect(exitCode).toBe(1);
  expect(stderr).toContain('nothing was reverted: not every service could be read');
  expect(stderr).toContain('training-service: cannot connect to 127.0.0.1:1/training_service');
  expect(await tables()).toEqual(ALL);
});

test('what is not on disk any more cannot be reverted', async () => {
  await workspace.query(
    'user-service',
    `INSERT INTO migrations ("timestamp", name) VALUES (1700000000009, 'AddGhosts1700000000009')`,
  );

  const { exitCode, stderr } = await workspace.cli(['migration-revert', 'user-service']);

  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'user-service: AddGhosts1700000000009 is applied, but its file is not in apps/user-service/src/migrations',
  );
  expect(await tables()).toEqual(ALL);
});
