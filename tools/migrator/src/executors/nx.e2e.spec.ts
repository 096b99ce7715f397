/** The verbs through Nx: inferred targets, one batch for a run-many, results of single services, exit codes. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clubServices, createTable } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { startCli, type CliResult } from '../testing/run-cli';

const NX = require.resolve('nx/bin/nx.js');
/** As in this workspace's nx.json and .env, with the plugin as an installed package's file. */
const NX_JSON = {
  plugins: ['@hockey-hub/migrator/bin/nx-plugin.js'],
  tui: { enabled: false },
  analytics: false,
};
const NX_ENV = {
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  NX_NO_CLOUD: 'true',
  CI: 'true',
  FORCE_COLOR: '0',
};

let workspace: FixtureWorkspace;
afterEach(() => workspace.remove());

async function createNxWorkspace(services: ReturnType<typeof clubServices>): Promise<void> {
  workspace = await createFixtureWorkspace({ services });
  await writeFile(join(workspace.root, 'nx.json'), JSON.stringify(NX_JSON));
  await writeFile(join(workspace.root, 'package.json'), JSON.stringify({ name: 'fixture', private: true }));
}

function nx(...args: string[]): Promise<CliResult> {
  return startCli(args, { entry: NX, cwd: workspace.root, env: { ...workspace.env, ...NX_ENV } }).exited;
}

async function ledgerOf(service: string) {
  return (await databaseFacts(workspace, service))?.ledger;
}

test('run-many is one batch with one report, in dependency order; again it applies nothing', async () => {
  await createNxWorkspace(clubServices());

  const first = await nx('run-many', '-t', 'migrate');
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stdout.match(/^service +applied +skipped +failed +time$/gm)).toHaveLength(1);
  expect(first.stdout).toContain('3 migration(s) applied');
  expect(first.stdout.indexOf('AddUsers1700000000001 applied')).toBeLessThan(
    first.stdout.indexOf('AddWorkouts1700000000002 applied'),
  );

  const second = await nx('run-many', '-t', 'migrate');
  expect(second).toMatchObject({ exitCode: 0 });
  expect(second.stdout).toContain('Nothing to apply: every database is up to date.');
});

test('a single service brings what it depends on, and nothing else', async () => {
  await createNxWorkspace(clubServices());

  expect(await nx('run', 'training-service:migrate')).toMatchObject({ exitCode: 0 });

  expect(await ledgerOf('user-service')).toEqual(['AddUsers1700000000001']);
  expect(await ledgerOf('training-service')).toEqual(['AddWorkouts1700000000002']);
  expect(await databaseFacts(workspace, 'calendar-service')).toBeUndefined();
});

test('options of the command line reach the verb, also when Nx adds the tasks it depends on', async () => {
  await createNxWorkspace(clubServices());

  const { exitCode, stdout } = await nx('run', 'training-service:migrate', '--dry-run');

  expect(exitCode).toBe(0);
  expect(stdout).toContain('Would apply, in this order:');
  expect(await databaseFacts(workspace, 'user-service')).toBeUndefined();
});

test('a service that fails fails its task and those that wait for it; the others succeed; the exit code is 1', async () => {
  const broken = createTable('users', { up: ['CREATE TABLE users (id int PRIMARY KEY)', 'SELECT 1/0'] });
  await createNxWorkspace(
    clubServices({ 'user-service': { migrations: { '1700000000001-AddUsers': broken } } }),
  );

  const { exitCode, stdout, stderr } = await nx('run-many', '-t', 'migrate');

  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'applying AddUsers1700000000001 to user-service failed: division by zero (SQLSTATE 22012)',
  );
  expect(stderr).toMatch(/Failed tasks:\s+(- (user|training)-service:migrate\s+){2}/);
  expect(await ledgerOf('calendar-service')).toEqual(['AddEvents1700000000003']);
  expect(await ledgerOf('user-service')).toEqual([]);
});

test('a service without migrations to apply whose runtime role is unfit fails its task all the same', async () => {
  await createNxWorkspace(clubServices());
  await workspace.cli(['migrate']);
  await workspace.writeMigration('calendar-service', '1700000000009-AddTeams', createTable('teams'));

  const env = { ...workspace.env, ...NX_ENV, USER_SERVICE_RUNTIME_ROLE: 'nobody_of_this_name' };
  const run = await startCli(['run-many', '-t', 'migrate'], { entry: NX, cwd: workspace.root, env }).exited;

  expect(run.exitCode).toBe(1);
  expect(run.stderr).toMatch(/Failed tasks:\s+- user-service:migrate\s+/);
  expect(run.stdout).toContain('its runtime role nobody_of_this_name does not exist on this server');
  expect(await ledgerOf('calendar-service')).toContain('AddTeams1700000000009');
});

test('status and revert are batches too', async () => {
  await createNxWorkspace(clubServices());
  await nx('run-many', '-t', 'migrate');

  const reverted = await nx('run-many', '-t', 'migration-revert');
  expect(reverted).toMatchObject({ exitCode: 0 });
  expect(reverted.stdout.indexOf('AddWorkouts1700000000002 reverted')).toBeLessThan(
    reverted.stdout.indexOf('AddUsers1700000000001 reverted'),
  );

  const status = await nx('run-many', '-t', 'migration-status');
  expect(status.exitCode).toBe(1);
  expect(status.stdout.match(/^service +applied +pending/gm)?.length).toBeGreaterThanOrEqual(1);
});
