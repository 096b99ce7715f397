/** A table that somebody else has locked: the migrator gives way, says so, and tries again. */
import { clubServices, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { holdLock } from '../testing/hold-lock';

let workspace: FixtureWorkspace;
beforeEach(async () => {
  workspace = await createFixtureWorkspace({ services: clubServices() });
  await workspace.cli(['migrate']);
});
afterEach(() => workspace.remove());

test('retries are announced, and once the lock is gone the whole migration runs exactly once', async () => {
  await workspace.writeMigration('user-service', '1700000000009-AddPhone', {
    up: [
      'CREATE TABLE phones (id int)',
      'INSERT INTO phones SELECT generate_series(1, 3)',
      'ALTER TABLE users ADD phone text',
    ],
  });
  const lock = await holdLock(workspace.urlOf('user-service'), 'LOCK TABLE users IN ACCESS SHARE MODE');

  const migrator = workspace.spawnCli(['migrate', '--lock-timeout-ms', '40']);
  await migrator.printed(/attempt 2/);
  expect(await databaseFacts(workspace, 'user-service')).toMatchObject({ rows: { users: ROWS } });
  await lock.release();

  const { exitCode, stdout } = await migrator.exited;
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^user-service: AddPhone1700000000009 gave way \(attempt 1: canceling statement due to lock timeout\); again in \d+ ms$/m,
  );
  expect(await databaseFacts(workspace, 'user-service')).toEqual({
    rows: { users: ROWS, phones: 3 },
    indexes: [],
    ledger: ['AddUsers1700000000001', 'AddPhone1700000000009'],
    history: ['up AddUsers1700000000001', 'up AddPhone1700000000009'],
  });
});

test('the report counts the retries', async () => {
  await workspace.writeMigration('user-service', '1700000000009-AddPhone', {
    up: ['ALTER TABLE users ADD phone text'],
  });
  const lock = await holdLock(workspace.urlOf('user-service'), 'LOCK TABLE users');

  const migrator = workspace.spawnCli(['migrate', '--json', '--lock-timeout-ms', '200']);
  await lock.waiter();
  await lock.abandoned();
  await lock.release();

  const { report } = JSON.parse((await migrator.exited).stdout);
  expect(report.steps).toMatchObject([{ status: 'applied', retries: expect.any(Number) }]);
  expect(report.steps[0].retries).toBeGreaterThan(0);
});
