/**
 * The whole road of a club of years ago, by the migrator's command line: adopted, its ids converted, its rows taken over by the
 * services' own migrations, InitialSchema recorded in their place. At its end both databases have the schema of new ones, and
 * everybody is there.
 */
import { exchangeTeamCodes } from '@hockey-hub/legacy-clubs';
import { compareSchemas, readSchema, type Schema } from '@hockey-hub/migrator/src/catalog/schema';
import {
  createFixtureWorkspace,
  type FixtureWorkspace,
} from '@hockey-hub/migrator/src/testing/fixture-workspace';
import { createLegacyClub, expectSuccess, SERVICES } from '@hockey-hub/migrator/src/testing/legacy-club';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Client } from 'pg';

const APPS = join(__dirname, '../../..');
const LEGACY = 'src/migrations/legacy';
const BASELINE = '1763000000000';
const INITIAL_SCHEMA = '1764000000000-InitialSchema';

let workspace: FixtureWorkspace;
const workspaces: FixtureWorkspace[] = [];
beforeAll(async () => {
  workspace = await createLegacyClub({ users: 300, seed: 7 });
  workspaces.push(workspace);
}, 300_000);
afterAll(async () => {
  for (const made of workspaces) await made.remove();
});

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const className = (fileName: string) => {
  const [timestamp, name] = basename(fileName, '.ts').split('-') as [string, string];
  return `${name}${timestamp}`;
};

/** Into the workspace's folder, after what is there: the migrations that take the rows over, and the squash of them all. */
async function addTakeOver(service: string): Promise<void> {
  const folder = join(workspace.root, 'apps', service, 'src/migrations');
  await mkdir(folder, { recursive: true });
  const home = join(APPS, service);
  for (const file of await readdir(join(home, LEGACY))) {
    if (!/^\d{13}-/.test(file) || file.startsWith(BASELINE)) continue;
    await writeFile(
      join(folder, file),
      `export { ${className(file)} } from ${JSON.stringify(join(home, LEGACY, basename(file, '.ts')))};\n`,
    );
  }
  const replaced = (await readdir(folder)).filter((file) => /^1763\d{9}-/.test(file)).map(className);
  await writeFile(
    join(folder, `${INITIAL_SCHEMA}.ts`),
    `import { ${className(INITIAL_SCHEMA)} as Whole } from ${JSON.stringify(join(home, 'src/migrations', INITIAL_SCHEMA))};\n` +
      `export class ${className(INITIAL_SCHEMA)} extends Whole {\n  static replaces = ${JSON.stringify(replaced)};\n}\n`,
  );
}

const schemaOf = (url: string): Promise<Schema> =>
  withClient(url, (client) =>
    readSchema(async (sql, values) => (await client.query(sql, values as unknown[])).rows),
  );

test('from the first phase to the platform: the schema of a new database, and everybody in it', async () => {
  const people = await workspace.query<{ email: string; role: string }>(
    'user-service',
    'SELECT email, role FROM users ORDER BY email',
  );
  const loads = await workspace.query<{ id: string; load: number; player: number }>(
    'training-service',
    `SELECT l.id, load::float AS load, "playerId" AS player FROM player_workout_loads l ORDER BY id`,
  );
  await expectSuccess(workspace, ['migrate']);
  await expectSuccess(workspace, ['migrate', '--allow', 'switch']);
  await expectSuccess(workspace, ['migrate', '--allow', 'contract']);
  for (const service of SERVICES) await addTakeOver(service);

  // It stops for somebody to tell each service the team codes of the other.
  const stopped = await workspace.cli(['migrate', '--no-backup']);
  expect(stopped).toMatchObject({ exitCode: 1 });
  expect(stopped.stdout + stopped.stderr).toContain('team-codes-untold');
  const [userUrl, trainingUrl] = SERVICES.map((service) => workspace.urlOf(service)) as [string, string];
  await withClient(userUrl, (user) =>
    withClient(trainingUrl, (training) => exchangeTeamCodes(user, training)),
  );
  await expectSuccess(workspace, ['migrate', '--no-backup']);
  await expectSuccess(workspace, ['migration-status', '--no-schema']);

  expect(
    await workspace.query(
      'user-service',
      `SELECT u.email, r.name AS role FROM users u JOIN organization_memberships m ON m.user_id = u.id JOIN roles r ON r.id = m.role_id
       ORDER BY u.email`,
    ),
  ).toEqual(people);
  const pairs = await workspace.query<{ number: number; uuid: string }>(
    'training-service',
    'SELECT number::int, uuid FROM id_conversion.users_ids',
  );
  const uuids = new Map(pairs.map(({ number, uuid }) => [number, uuid]));
  expect(
    await workspace.query(
      'training-service',
      'SELECT id, load_factor::float AS load, player_id AS player FROM player_workout_loads ORDER BY id',
    ),
  ).toEqual(loads.map((row) => ({ ...row, player: uuids.get(row.player) })));

  const fresh = await newDatabases();
  for (const service of SERVICES) {
    await workspace.query(service, 'DROP SCHEMA legacy_archive CASCADE');
    expect(
      compareSchemas(await schemaOf(workspace.urlOf(service)), await schemaOf(fresh.urlOf(service))),
    ).toEqual([]);
  }
}, 300_000);

/** What InitialSchema alone makes. */
async function newDatabases(): Promise<FixtureWorkspace> {
  const fresh = await createFixtureWorkspace({
    services: Object.fromEntries(SERVICES.map((service) => [service, { migrations: {} }])),
  });
  workspaces.push(fresh);
  for (const service of SERVICES) {
    const folder = join(fresh.root, 'apps', service, 'src/migrations');
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, `${INITIAL_SCHEMA}.ts`),
      `export { ${className(INITIAL_SCHEMA)} } from ${JSON.stringify(join(APPS, service, 'src/migrations', INITIAL_SCHEMA))};\n`,
    );
  }
  await expectSuccess(fresh, ['migrate', '--no-backup']);
  return fresh;
}
