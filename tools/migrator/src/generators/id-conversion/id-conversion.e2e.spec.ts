/** The generator as people start it: `nx g`, on databases that are there. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FixtureWorkspace } from '../../testing/fixture-workspace';
import { createAdoptedClub, expectSuccess, TRAINING_REFERENCES } from '../../testing/legacy-club';
import { startCli } from '../../testing/run-cli';

const PHASES = [
  'AddUuidColumns',
  'GenerateUuids',
  'UpdateReferences',
  'SwitchPrimaryKeys',
  'RemoveNumericIds',
];

let workspace: FixtureWorkspace;
beforeAll(async () => {
  workspace = await createAdoptedClub({ users: 20, seed: 3 });
  await writeFile(join(workspace.root, 'nx.json'), '{}\n');
  await writeFile(join(workspace.root, 'package.json'), '{ "name": "club", "private": true }\n');
});
afterAll(() => workspace.remove());

function generate(...args: string[]) {
  const nx = join(workspace.root, 'node_modules/.bin/nx');
  const options = ['--no-interactive', ...args];
  return startCli(['g', '@hockey-hub/migrator:id-conversion', ...options], {
    cwd: workspace.root,
    entry: nx,
    env: { ...workspace.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
  }).exited;
}

const inService = (service: string, path: string) => join(workspace.root, 'apps', service, 'src', path);
const references = TRAINING_REFERENCES.flatMap((reference) => ['--reference', reference]);

test('what cannot be converted is refused with every reason, and nothing is written', async () => {
  const { exitCode, stdout, stderr } = await generate(
    ...['user-service', '--table', 'users', '--reference'],
    'service=training-service table=workout_sessions column=title kind=column',
  );
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toContain('users cannot be converted as things are; nothing was written.');
  expect(stdout + stderr).toContain('training-service: workout_sessions.title');
  expect(existsSync(inService('user-service', 'id-conversions'))).toBe(false);
});

test('an option that means nothing says how it is spelled', async () => {
  const { exitCode, stdout, stderr } = await generate(
    'user-service',
    '--table',
    'users',
    '--reference',
    'table=notes',
  );
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toContain(
    '--reference "table=notes": kind is missing; it is one of column, array, json, polymorphic',
  );
});

test('the declaration and the five migrations of each service are written, and are what migrate runs', async () => {
  const { exitCode, stdout, stderr } = await generate(
    ...['user-service', '--table', 'users', '--timestamp', '1763000010000', ...references],
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  // What hangs on the key is listed: its sequence, a foreign key of another table, the view.
  expect(stdout).toMatch(/users\.id +sequence +users_id_seq/);
  expect(stdout).toMatch(/users\.id +inbound foreign key +sessions\.FK_57de40bc620f456c7311aa3a1e6/);
  expect(stdout).toMatch(/users +view +active_users/);

  const declared = await readFile(inService('user-service', 'id-conversions/users.ts'), 'utf8');
  expect(declared).toContain(`{ table: 'users', column: 'id' }`);
  expect(declared).toContain(`{ kind: 'column', table: 'parent_links', column: 'childId', to: 'users' }`);
  for (const service of ['user-service', 'training-service']) {
    const files = (await readdir(inService(service, 'migrations'))).sort().slice(1);
    expect(files).toEqual(PHASES.map((phase, index) => `${1763000010000 + index}-Users${phase}.ts`));
  }
  const received = await readFile(
    inService('training-service', 'migrations/1763000010001-UsersGenerateUuids.ts'),
    'utf8',
  );
  expect(received).toContain(`static dependsOn = ['user-service:UsersGenerateUuids'];`);

  const plan = await expectSuccess(workspace, [
    'migrate',
    '--dry-run',
    '--json',
    '--allow',
    'contract',
    '--allow',
    'switch',
  ]);
  const steps = (JSON.parse(plan).plan.steps as { service: string; migration: string; gate?: string }[]).map(
    ({ service, migration, gate }) => [service, migration.replace(/^Users|\d+$/g, ''), gate],
  );
  expect(steps).toHaveLength(10);
  const place = (service: string, phase: string) =>
    steps.findIndex(([of, name]) => of === service && name === phase);
  expect(place('training-service', 'GenerateUuids')).toBeGreaterThan(place('user-service', 'GenerateUuids'));
  expect(place('user-service', 'RemoveNumericIds')).toBeGreaterThan(
    place('training-service', 'RemoveNumericIds'),
  );
  expect(steps.flatMap(([, , gate]) => gate ?? []).sort()).toEqual([
    'contract',
    'contract',
    'switch',
    'switch',
  ]);
});

test('a name that is taken is not written over', async () => {
  const { exitCode, stdout, stderr } = await generate('user-service', '--table', 'users', ...references);
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toContain('user-service has a migration named UsersAddUuidColumns already');
});
