/** `migrate`: gates, one service at a time, squashes, and the way back that a dry run shows. */
import { clubServices, createTable, ROWS } from '../../testing/club-services';
import { databaseFacts } from '../../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../../testing/fixture-workspace';

const workspaces: FixtureWorkspace[] = [];
async function workspaceWith(services: Parameters<typeof clubServices>[0]): Promise<FixtureWorkspace> {
  const workspace = await createFixtureWorkspace({ services: clubServices(services) });
  workspaces.push(workspace);
  return workspace;
}
afterEach(() => Promise.all(workspaces.splice(0).map((workspace) => workspace.remove())));

const tablesOf = async (workspace: FixtureWorkspace, service: string) =>
  Object.keys((await databaseFacts(workspace, service))?.rows ?? {}).sort();

test('a gate stops its migration and what comes after it, says what must be true, and opens when told', async () => {
  const workspace = await workspaceWith({
    'user-service': {
      migrations: {
        '1700000000001-AddUsers': createTable('users'),
        '1700000000002-SwitchKeys': createTable('keys', { gate: 'switch' }),
        '1700000000003-RemoveNumbers': createTable('leftovers', { gate: 'contract' }),
      },
    },
  });

  const stopped = await workspace.cli(['migrate']);
  expect(stopped.exitCode).toBe(0);
  expect(stopped.stdout).toContain(
    'Stopped before user-service:SwitchKeys1700000000002 (gate switch), and with it user-service:RemoveNumbers1700000000003.',
  );
  expect(stopped.stdout).toContain(
    'every running version of every service can read and write the new columns',
  );
  expect(stopped.stdout).toContain('Then go on with: --allow switch');
  expect(await tablesOf(workspace, 'user-service')).toEqual(['users']);
  expect(await tablesOf(workspace, 'training-service')).toEqual(['workouts']);

  const again = await workspace.cli(['migrate', '--json']);
  expect(JSON.parse(again.stdout)).toMatchObject({
    plan: { steps: [] },
    report: { held: [{ gate: 'switch' }] },
  });

  const opened = await workspace.cli(['migrate', '--allow', 'switch']);
  expect(opened.stdout).toContain('Stopped before user-service:RemoveNumbers1700000000003 (gate contract).');
  expect(await tablesOf(workspace, 'user-service')).toEqual(['keys', 'users']);

  expect((await workspace.cli(['migrate', '--allow', 'contract'])).stdout).not.toContain('Stopped');
  expect(await tablesOf(workspace, 'user-service')).toEqual(['keys', 'leftovers', 'users']);
});

test('an unknown gate is refused', async () => {
  const workspace = await workspaceWith({});
  const { exitCode, stderr } = await workspace.cli(['migrate', '--allow', 'swich']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: '--allow swich: the gates are switch and contract.\n',
  });
  expect(await databaseFacts(workspace, 'user-service')).toBeUndefined();
});

test('--only migrates one service at a time, in an order that works', async () => {
  const workspace = await workspaceWith({});

  const early = await workspace.cli(['migrate', '--only', 'training-service']);
  expect(early.exitCode).toBe(1);
  expect(early.stderr).toContain(
    '--only training-service: its migrations wait for user-service:AddUsers1700000000001, which --only leaves out. Migrate ' +
      'first: --only user-service',
  );
  expect(await databaseFacts(workspace, 'training-service')).toBeUndefined();

  expect((await workspace.cli(['migrate', '--only', 'user-service'])).exitCode).toBe(0);
  expect(await tablesOf(workspace, 'user-service')).toEqual(['users']);
  expect(await databaseFacts(workspace, 'calendar-service')).toBeUndefined();

  expect((await workspace.cli(['migrate', '--only', 'training-service'])).exitCode).toBe(0);
  expect(await tablesOf(workspace, 'training-service')).toEqual(['workouts']);
});

test('a dry run says which step has no way back, and that the ones before it have none either', async () => {
  const workspace = await workspaceWith({
    'user-service': {
      migrations: {
        '1700000000001-AddUsers': createTable('users'),
        '1700000000002-AddTeams': createTable('teams', { down: [] }),
        '1700000000003-AddRoles': createTable('roles', { down: ['DROP TABLE roles', 'SELECT 1 / 0'] }),
      },
    },
  });

  const { stdout } = await workspace.cli(['migrate', 'user-service', '--dry-run', '--json']);

  expect(JSON.parse(stdout).rollbacks).toEqual({
    'user-service:AddRoles1700000000003': { none: 'its down fails: division by zero' },
    'user-service:AddTeams1700000000002': {
      none: 'AddRoles1700000000003, which comes after it, has none',
    },
    'user-service:AddUsers1700000000001': {
      none: 'AddRoles1700000000003, which comes after it, has none',
    },
  });
  expect(await databaseFacts(workspace, 'user-service')).toBeUndefined();
});

describe('a squash', () => {
  const chain = {
    '1700000000001-AddUsers': createTable('users'),
    '1700000000002-AddTeams': createTable('teams'),
  };
  const squash = {
    '1700000000003-InitialSchema': {
      up: [...createTable('users').up, ...createTable('teams').up],
      down: ['DROP TABLE users', 'DROP TABLE teams'],
      replaces: ['AddUsers', 'AddTeams1700000000002'],
    },
  };

  test('runs alone in a new database', async () => {
    const workspace = await workspaceWith({ 'user-service': { migrations: { ...chain, ...squash } } });
    expect((await workspace.cli(['migrate', 'user-service'])).exitCode).toBe(0);
    expect((await databaseFacts(workspace, 'user-service'))?.history).toEqual([
      'up InitialSchema1700000000003',
    ]);
    expect((await workspace.cli(['migration-status', 'user-service'])).exitCode).toBe(0);
  });

  test('is recorded where the chain had begun, and reverting it takes only the record away', async () => {
    const workspace = await workspaceWith({ 'user-service': { migrations: chain } });
    await workspace.cli(['migrate', 'user-service', '--to', 'AddUsers']);
    await workspace.writeMigration(
      'user-service',
      '1700000000003-InitialSchema',
      squash['1700000000003-InitialSchema'],
    );

    expect((await workspace.cli(['migrate', 'user-service'])).exitCode).toBe(0);
    const applied = {
      rows: { users: ROWS, teams: ROWS },
      indexes: [],
      ledger: ['AddUsers1700000000001', 'AddTeams1700000000002', 'InitialSchema1700000000003'],
      history: ['up AddUsers1700000000001', 'up AddTeams1700000000002', 'up InitialSchema1700000000003'],
    };
    expect(await databaseFacts(workspace, 'user-service')).toEqual(applied);
    expect((await workspace.cli(['migration-status', 'user-service'])).exitCode).toBe(0);

    expect((await workspace.cli(['migration-revert', 'user-service'])).exitCode).toBe(0);
    expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
      rows: applied.rows,
      ledger: applied.ledger.slice(0, 2),
    });
    expect((await workspace.cli(['migration-revert', 'user-service'])).exitCode).toBe(0);
    expect(await tablesOf(workspace, 'user-service')).toEqual(['users']);
  });
});
