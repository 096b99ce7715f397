/** Several migrators at once: each migration runs exactly once, and whoever waits says for whom. */
import { clubServices, createTable, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { holdLock } from '../testing/hold-lock';

const MIGRATORS = 20;

let workspace: FixtureWorkspace;
afterEach(() => workspace.remove());

test(`${MIGRATORS} migrators started at once on databases that do not exist apply every migration exactly once`, async () => {
  workspace = await createFixtureWorkspace({
    services: clubServices({
      'user-service': {
        migrations: {
          // Long enough that others arrive while it runs.
          '1700000000001-AddUsers': createTable('users', {
            up: ['SELECT pg_sleep(1)', ...createTable('users').up],
          }),
          '1700000000004-AddTeams': createTable('teams', { dependsOn: ['training-service:AddWorkouts'] }),
        },
      },
      'training-service': {
        dependsOn: ['user-service'],
        migrations: {
          '1700000000002-AddWorkouts': createTable('workouts'),
          '1700000000005-AddLoads': createTable('loads'),
        },
      },
    }),
  });

  const runs = await Promise.all(Array.from({ length: MIGRATORS }, () => workspace.cli(['migrate'])));

  expect(runs.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
    Array.from({ length: MIGRATORS }, () => ({ exitCode: 0, stderr: '' })),
  );
  expect(await databaseFacts(workspace, 'user-service')).toEqual({
    rows: { users: ROWS, teams: ROWS },
    indexes: [],
    ledger: ['AddUsers1700000000001', 'AddTeams1700000000004'],
    history: ['up AddUsers1700000000001', 'up AddTeams1700000000004'],
  });
  expect(await databaseFacts(workspace, 'training-service')).toEqual({
    rows: { workouts: ROWS, loads: ROWS },
    indexes: [],
    ledger: ['AddWorkouts1700000000002', 'AddLoads1700000000005'],
    history: ['up AddWorkouts1700000000002', 'up AddLoads1700000000005'],
  });
  expect(await databaseFacts(workspace, 'calendar-service')).toEqual({
    rows: { events: ROWS },
    indexes: [],
    ledger: ['AddEvents1700000000003'],
    history: ['up AddEvents1700000000003'],
  });
  const output = runs.map(({ stdout }) => stdout).join('\n');
  expect(output.match(/AddTeams1700000000004 applied in/g)).toHaveLength(1);
  expect(output.match(/created the database/g)).toHaveLength(3);
  // Otherwise they did not meet, and this proved nothing.
  expect(output).toContain('another migrator is at work');
});

test('a second migrator says for whom it waits, then finds everything done and goes on', async () => {
  workspace = await createFixtureWorkspace({ services: clubServices() });
  await workspace.cli(['migrate']);
  await workspace.writeMigration('user-service', '1700000000009-AddPhone', {
    up: ['ALTER TABLE users ADD phone text'],
  });
  const lock = await holdLock(workspace.urlOf('user-service'), 'LOCK TABLE users');

  const first = workspace.spawnCli(['migrate', '--lock-timeout-ms', '0']);
  const pid = await lock.waiter();
  const second = workspace.spawnCli(['migrate']);
  await second.printed(/another migrator is at work/);
  await lock.release();

  const [firstResult, secondResult] = await Promise.all([first.exited, second.exited]);
  expect([firstResult.exitCode, secondResult.exitCode]).toEqual([0, 0]);
  expect(firstResult.stdout).toMatch(/AddPhone1700000000009 applied/);
  expect(secondResult.stdout).toMatch(
    new RegExp(
      `^user-service: another migrator is at work \\(hockey-hub-migrator, process ${pid} of user \\w+ from 127\\.0\\.0\\.1, ` +
        'since \\d\\d:\\d\\d:\\d\\d\\); waiting until it ends$',
      'm',
    ),
  );
  expect(secondResult.stdout).toMatch(/Nothing to apply: every database is up to date\./);
  expect((await databaseFacts(workspace, 'user-service'))?.history).toEqual([
    'up AddUsers1700000000001',
    'up AddPhone1700000000009',
  ]);
});
