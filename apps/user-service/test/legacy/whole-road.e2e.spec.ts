/**
 * The whole road of a club of years ago, by the migrator's command line and the services' own migrations: adopted, its ids converted,
 * its rows taken over, InitialSchema recorded in their place. At its end both databases have the schema of new ones, and
 * everybody is there.
 */
import { exchangeTeamCodes } from '@hockey-hub/legacy-clubs';
import { compareSchemas, readSchema, type Schema } from '@hockey-hub/migrator/src/catalog/schema';
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';
import { queryOf } from '@hockey-hub/migrator/src/pg/query';
import {
  BASELINES,
  createPlatformClub,
  newPlatform,
  type PlatformClub,
} from '@hockey-hub/migrator/src/testing/platform-club';

const SERVICES = ['user-service', 'training-service'] as const;

let club: PlatformClub;
const made: PlatformClub[] = [];
beforeAll(async () => {
  club = await createPlatformClub({ users: 300, seed: 7 });
  made.push(club);
}, 300_000);
afterAll(async () => {
  for (const platform of made) await platform.remove();
});

const schemaOf = (url: string): Promise<Schema> =>
  withConnection(url, 'user-service', (client) => readSchema(queryOf(client)));

const applied = async (service: (typeof SERVICES)[number]) =>
  (await club.query<{ name: string }>(service, 'SELECT "name" FROM "migrations" ORDER BY "id"')).map(
    ({ name }) => name.replace(/\d+$/, ''),
  );

test('from the first phase to the platform: the schema of a new database, and everybody in it', async () => {
  const people = await club.query<{ email: string; role: string }>(
    'user-service',
    'SELECT email, role FROM users ORDER BY email',
  );
  const loads = await club.query<{ id: string; load: number; player: number }>(
    'training-service',
    `SELECT l.id, load::float AS load, "playerId" AS player FROM player_workout_loads l ORDER BY id`,
  );
  for (const service of SERVICES) {
    await club.succeed('migration-adopt', service, '--baseline', BASELINES[service]);
    expect(await applied(service)).toEqual([BASELINES[service]]);
  }
  await club.succeed('migrate');
  await club.succeed('migrate', '--allow', 'switch');
  await club.succeed('migrate', '--allow', 'contract', '--to', 'user-service:UsersRemoveNumericIds');
  expect(await applied('training-service')).toContain('UsersRemoveNumericIds');

  // It stops for somebody to tell each service the team codes of the other, and what is to become of refresh tokens.
  const stopped = await club.cli('migrate', '--allow', 'contract');
  expect(stopped).toMatchObject({ exitCode: 1 });
  const report = stopped.stdout + stopped.stderr;
  expect(report).toContain('\nteam-codes-untold: ');
  expect(report).toContain('\nrefresh-tokens-without-expiry: ');
  await club.query(
    'user-service',
    `INSERT INTO id_conversion.legacy_decisions VALUES ('refresh-tokens-without-expiry', '*', 'end')`,
  );
  await withConnection(club.urlOf('user-service'), 'user-service', (user) =>
    withConnection(club.urlOf('training-service'), 'training-service', (training) =>
      exchangeTeamCodes(user, training),
    ),
  );
  await club.succeed('migrate', '--allow', 'contract');
  // A schema that could not be compared would be a warning.
  expect(await club.succeed('migration-status')).not.toContain('Warning');
  for (const service of SERVICES) {
    expect((await applied(service)).slice(0, 9)).toEqual([
      BASELINES[service],
      'LegacyDecisions',
      'UsersAddUuidColumns',
      'UsersGenerateUuids',
      'UsersUpdateReferences',
      'UsersSwitchPrimaryKeys',
      'UsersRemoveNumericIds',
      'LegacyToTarget',
      'InitialSchema',
    ]);
  }

  expect(
    await club.query(
      'user-service',
      `SELECT u.email, r.name AS role FROM users u JOIN organization_memberships m ON m.user_id = u.id JOIN roles r ON r.id = m.role_id
       ORDER BY u.email`,
    ),
  ).toEqual(people);
  const pairs = await club.query<{ number: number; uuid: string }>(
    'training-service',
    'SELECT number::int, uuid FROM id_conversion.users_ids',
  );
  const uuids = new Map(pairs.map(({ number, uuid }) => [number, uuid]));
  expect(
    await club.query(
      'training-service',
      'SELECT id, load_factor::float AS load, player_id AS player FROM player_workout_loads ORDER BY id',
    ),
  ).toEqual(loads.map((row) => ({ ...row, player: uuids.get(row.player) })));

  const fresh = await newPlatform();
  made.push(fresh);
  await fresh.succeed('migrate');
  for (const service of SERVICES) {
    expect(compareSchemas(await schemaOf(club.urlOf(service)), await schemaOf(fresh.urlOf(service)))).toEqual(
      [],
    );
    const [first] = await fresh.query<{ name: string }>(
      service,
      'SELECT name FROM migrations ORDER BY id LIMIT 1',
    );
    expect(first).toEqual({ name: 'InitialSchema1764000000000' });
  }
}, 300_000);
