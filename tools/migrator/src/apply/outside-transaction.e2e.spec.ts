/** Migrations that no transaction can hold, and what is left when one of them stops half-way. */
import { clubServices, createTable, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { holdLock } from '../testing/hold-lock';

const ADD_INDEX = {
  transaction: false,
  up: ['CREATE INDEX CONCURRENTLY users_by_id ON users (id)'],
  down: ['DROP INDEX CONCURRENTLY users_by_id'],
};

let workspace: FixtureWorkspace;
beforeEach(async () => {
  workspace = await createFixtureWorkspace({ services: clubServices() });
  await workspace.cli(['migrate']);
});
afterEach(() => workspace.remove());

test('CREATE INDEX CONCURRENTLY runs, and DROP INDEX CONCURRENTLY takes it back', async () => {
  await workspace.writeMigration('user-service', '1700000000009-AddIndex', ADD_INDEX);

  const up = await workspace.cli(['migrate']);
  expect(up).toMatchObject({ exitCode: 0, stderr: '' });
  expect(up.stdout).toContain('user-service: AddIndex1700000000009 runs outside a transaction\n');
  expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
    indexes: ['users_by_id'],
    ledger: ['AddUsers1700000000001', 'AddIndex1700000000009'],
  });

  expect(await workspace.cli(['migration-revert', 'user-service'])).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
  expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
    indexes: [],
    ledger: ['AddUsers1700000000001'],
    history: ['up AddUsers1700000000001', 'up AddIndex1700000000009', 'down AddIndex1700000000009'],
  });
});

test('it ends while a second migrator waits, whose waiting must not look like an old snapshot', async () => {
  await workspace.writeMigration('user-service', '1700000000009-AddIndex', ADD_INDEX);
  const writer = await holdLock(workspace.urlOf('user-service'), 'INSERT INTO users VALUES (99)');

  // The index waits for the writer, and for longer than the lock timeout: that is no reason to give way.
  const first = workspace.spawnCli(['migrate', '--lock-timeout-ms', '20']);
  await writer.waiter();
  const second = workspace.spawnCli(['migrate']);
  await second.printed(/another migrator is at work/);
  await writer.release();

  const results = await Promise.all([first.exited, second.exited]);
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(results[0].stdout).not.toContain('gave way');
  expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
    rows: { users: ROWS },
    indexes: ['users_by_id'],
    history: ['up AddUsers1700000000001', 'up AddIndex1700000000009'],
  });
});

test('one that fails half-way says what stays, records nothing, and is run again from its start', async () => {
  const half = {
    transaction: false,
    up: [
      'CREATE TABLE IF NOT EXISTS teams (id int)',
      'INSERT INTO teams VALUES (1 / (SELECT count(*) - 10 FROM users))',
    ],
  };
  await workspace.writeMigration('user-service', '1700000000009-AddTeams', half);

  const failed = await workspace.cli(['migrate']);
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toContain(
    'It runs outside a transaction: 1 statement(s) before the failing one stay done, and nothing was recorded.',
  );
  expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
    rows: { users: ROWS, teams: 0 },
    ledger: ['AddUsers1700000000001'],
    history: ['up AddUsers1700000000001'],
  });

  await workspace.query('user-service', 'DELETE FROM users WHERE id = 1');
  expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
  expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
    rows: { users: ROWS - 1, teams: 1 },
    ledger: ['AddUsers1700000000001', 'AddTeams1700000000009'],
  });
});

test('a lock that is not to be had makes one statement try again, not the whole migration', async () => {
  await workspace.writeMigration('user-service', '1700000000009-AddTeams', {
    ...createTable('teams'),
    transaction: false,
    up: [...createTable('teams').up, 'ALTER TABLE users ADD phone text'],
  });
  const lock = await holdLock(workspace.urlOf('user-service'), 'LOCK TABLE users');

  const migrator = workspace.spawnCli(['migrate', '--lock-timeout-ms', '40']);
  await migrator.printed(/AddTeams1700000000009 gave way/);
  await lock.release();

  expect((await migrator.exited).exitCode).toBe(0);
  expect((await databaseFacts(workspace, 'user-service'))?.rows).toEqual({ users: ROWS, teams: ROWS });
});

test('inside a transaction of its own nothing is tried again: the error is the lock, not what came after it', async () => {
  await workspace.writeMigration(
    'user-service',
    '1700000000009-AddPhone',
    `export class AddPhone1700000000009 {
      static transaction = false;
      async up(queryRunner) {
        await queryRunner.startTransaction();
        await queryRunner.query('ALTER TABLE users ADD phone text');
        await queryRunner.commitTransaction();
      }
      async down() {}
    }`,
  );
  const lock = await holdLock(workspace.urlOf('user-service'), 'LOCK TABLE users');

  const { exitCode, stdout } = await workspace.cli(['migrate', '--lock-timeout-ms', '40']);
  await lock.release();

  expect(exitCode).toBe(1);
  expect(stdout).toContain('canceling statement due to lock timeout (SQLSTATE 55P03)');
  expect(stdout).not.toContain('gave way');
  expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
    rows: { users: ROWS },
    ledger: ['AddUsers1700000000001'],
  });
});
