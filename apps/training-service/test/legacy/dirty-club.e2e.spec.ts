/**
 * A club with every kind of dirt that there is, by the migrator's command line: it is stopped, told, decided with the very statements
 * of the reports, and at the end every dirty row is accounted for.
 */
import { exchangeTeamCodes, type DirtCounts } from '@hockey-hub/legacy-clubs';
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';
import {
  BASELINES,
  createPlatformClub,
  type PlatformClub,
} from '@hockey-hub/migrator/src/testing/platform-club';

const SERVICES = ['user-service', 'training-service'] as const;
type Service = (typeof SERVICES)[number];

let club: PlatformClub;
beforeAll(async () => {
  club = await createPlatformClub({ users: 200, seed: 11, dirt: true });
}, 300_000);
afterAll(() => club?.remove());

/** @returns what it said when it stopped */
async function stopped(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await club.cli('migrate', ...args);
  expect(exitCode).toBe(1);
  return stdout + stderr;
}

/** Pastes what a report offers, as it stands. */
async function decide(service: Service, report: string): Promise<void> {
  for (const [statement] of report.matchAll(/INSERT INTO "id_conversion".*;/g)) {
    await club.query(service, statement);
  }
}

/** How many rows each kind was found in, and what was decided. */
const findings = (service: Service) =>
  club.query<{ kind: string; rows: number; choice: string | null }>(
    service,
    `SELECT kind, count(*)::int AS rows, min(choice) AS choice FROM legacy_archive.findings GROUP BY kind ORDER BY kind`,
  );

const countOf = async (service: Service, table: string) =>
  (await club.query<{ rows: number }>(service, `SELECT count(*)::int AS rows FROM ${table}`))[0]!.rows;

test('every dirty row is reported, decided and accounted for', async () => {
  const dirt: DirtCounts = club.seeded!.dirt;
  expect(Object.values(dirt).every((count) => count > 0)).toBe(true);
  const before = {
    users: await countOf('user-service', 'users'),
    sessions: await countOf('training-service', 'workout_sessions'),
    assignments: await countOf('training-service', 'workout_assignments'),
    loads: await countOf('training-service', 'player_workout_loads'),
    notes: await countOf('training-service', 'notes'),
  };
  for (const service of SERVICES) {
    await club.succeed('migration-adopt', service, '--baseline', BASELINES[service]);
  }

  const references = await stopped();
  for (const place of [
    'workout_sessions.createdBy',
    'workout_sessions.playerIds',
    'workout_sessions.metadata at coachIds[*]',
    'workout_assignments.playerId',
    'player_workout_loads.playerId',
    'notes.subjectId where subjectType is user',
  ]) {
    expect(references).toContain(`${place}: 1 in 1 rows have no row in users`);
  }
  await decide('training-service', references);
  await club.succeed('migrate', '--allow', 'switch');
  await club.succeed('migrate', '--allow', 'contract', '--to', 'user-service:UsersRemoveNumericIds');

  await withConnection(club.urlOf('user-service'), 'user-service', (user) =>
    withConnection(club.urlOf('training-service'), 'training-service', (training) =>
      exchangeTeamCodes(user, training),
    ),
  );
  const people = await stopped('--allow', 'contract');
  for (const kind of ['emails-differing-in-case', 'unknown-roles', 'missing-names']) {
    expect(people).toContain(`\n${kind}: `);
  }
  await decide('user-service', people);
  const workouts = await stopped('--allow', 'contract');
  for (const kind of ['sessions-without-creator', 'assignments-without-player', 'loads-without-player']) {
    expect(workouts).toContain(`\n${kind}: `);
  }
  // Which user is to have planned them is nothing that a report can offer.
  expect(workouts).toContain(`'00000000-0000-0000-0000-000000000000'`);
  const [someone] = await club.query<{ id: string }>('user-service', 'SELECT id FROM users LIMIT 1');
  await decide('training-service', workouts.replaceAll('00000000-0000-0000-0000-000000000000', someone!.id));
  await club.succeed('migrate', '--allow', 'contract');
  // A schema that could not be compared would be a warning.
  expect(await club.succeed('migration-status')).not.toContain('Warning');

  const withRefreshToken = expect.any(Number);
  expect(await findings('user-service')).toEqual([
    {
      kind: 'emails-differing-in-case',
      rows: 2 * dirt.emailsDifferingInCase,
      choice: 'keep-newest-rename-others',
    },
    { kind: 'emails-with-capitals', rows: dirt.emailsDifferingInCase, choice: null },
    { kind: 'missing-names', rows: dirt.nullNames, choice: 'placeholder' },
    { kind: 'refresh-tokens-without-expiry', rows: withRefreshToken, choice: 'end' },
    { kind: 'stray-team-codes', rows: dirt.strayTeamCodesOfUsers, choice: null },
    { kind: 'unknown-roles', rows: dirt.unknownRoles, choice: 'map-to' },
  ]);
  const dangling =
    dirt.danglingCreators +
    dirt.danglingPlayers +
    dirt.danglingCoaches +
    dirt.danglingAssignments +
    dirt.danglingLoads +
    dirt.danglingNotes;
  expect(await findings('training-service')).toEqual([
    { kind: 'assignments-without-player', rows: dirt.danglingAssignments, choice: 'leave-out' },
    { kind: 'loads-without-player', rows: dirt.danglingLoads, choice: 'leave-out' },
    { kind: 'references-to-nobody', rows: dangling, choice: null },
    { kind: 'sessions-without-creator', rows: dirt.danglingCreators, choice: 'attribute-to' },
    { kind: 'stray-team-codes', rows: dirt.strayTeamCodesOfSessions, choice: null },
  ]);

  expect(await countOf('user-service', 'users')).toBe(before.users);
  expect(await countOf('training-service', 'workout_sessions')).toBe(before.sessions);
  expect(await countOf('training-service', 'player_workout_loads')).toBe(before.loads - dirt.danglingLoads);
  expect(
    await countOf('training-service', 'legacy_archive.workout_assignments WHERE "playerId" IS NOT NULL'),
  ).toBe(before.assignments - dirt.danglingAssignments);
  expect(await countOf('training-service', 'legacy_archive.notes')).toBe(before.notes);
}, 300_000);
