/**
 * The legacy training database becomes the platform's: the schema is the one of a new database, every session, assignment and load is
 * there with its users, and what cannot be taken over stops it before anything is changed.
 */
import { exchangeTeamCodes, type DirtRequest, type OfNobody } from '@hockey-hub/legacy-clubs';
import {
  createConvertedClubs,
  type ConvertedClubs,
} from '@hockey-hub/legacy-clubs/src/testing/converted-clubs';
import {
  decide,
  differencesFromNew,
  migrateIn,
  rowsOf,
} from '@hockey-hub/migrator/src/testing/legacy-take-over';
import { createLegacyTeamCodesV1, legacyTeamId } from '@hockey-hub/shared-lib';
import type { Client } from 'pg';
import { InitialSchema1764000000000 } from '../../src/migrations/1764000000000-InitialSchema';
import { LegacyDecisions1763000001000 } from '../../src/migrations/legacy/1763000001000-LegacyDecisions';
import { LegacyToTarget1763000101000 } from '../../src/migrations/legacy/1763000101000-LegacyToTarget';

let clubs: ConvertedClubs | undefined;
afterEach(async () => {
  await clubs?.drop();
  clubs = undefined;
});

async function start(dirt: DirtRequest, users = 60, ofNobody?: OfNobody): Promise<ConvertedClubs> {
  clubs = await createConvertedClubs({ users, seed: 5, dirt }, ofNobody);
  await createLegacyTeamCodesV1((sql) => clubs!.user.query(sql));
  await migrateIn(clubs.trainingUrl, 'training-service', LegacyDecisions1763000001000);
  return clubs;
}

const transform = ({ trainingUrl }: ConvertedClubs) =>
  migrateIn(trainingUrl, 'training-service', LegacyToTarget1763000101000);

interface LegacySession {
  readonly id: string;
  readonly title: string;
  readonly createdBy: string;
  readonly teamCode: string | null;
  readonly playerIds: readonly string[];
  readonly scheduledAt: Date | null;
}

const legacySessions = (client: Client) =>
  rowsOf<LegacySession>(client, 'SELECT * FROM workout_sessions ORDER BY id');
const newSessions = (client: Client) =>
  rowsOf(
    client,
    'SELECT id, title, created_by, team_id, type, status, scheduled_at FROM workout_sessions ORDER BY id',
  );

const expectedSession = ({ id, title, createdBy, teamCode, scheduledAt }: LegacySession) => ({
  id,
  title,
  created_by: createdBy,
  team_id: legacyTeamId(teamCode?.trim() ?? 'Default Team'),
  type: 'hybrid',
  status: scheduledAt ? 'scheduled' : 'draft',
  scheduled_at: scheduledAt,
});

const pair = (session: string, player: string) => `${session} ${player}`;

test('sessions, players, assignments and loads are there with their users, and the schema is that of a new database', async () => {
  const { user, training } = await start({ strayTeamCodesOfSessions: 6, sessionsOfUnknownTeams: 4 }, 200);
  await exchangeTeamCodes(user, training);
  const sessions = await legacySessions(training);
  const assignments = await rowsOf<{ id: string; sessionId: string; playerId: string }>(
    training,
    'SELECT * FROM workout_assignments ORDER BY id',
  );
  const loads = await rowsOf<{ id: string; sessionId: string; playerId: string; load: string }>(
    training,
    'SELECT * FROM player_workout_loads ORDER BY id',
  );
  const notes = await rowsOf(training, 'SELECT * FROM notes ORDER BY id');
  const metadata = await rowsOf(training, 'SELECT id, metadata FROM workout_sessions ORDER BY id');
  await transform(clubs!);

  expect(await newSessions(training)).toEqual(sessions.map(expectedSession));
  const assigned = await rowsOf<{
    id: string;
    session: string;
    player: string;
    status: string;
    due: Date | null;
  }>(
    training,
    'SELECT id, workout_session_id AS session, player_id AS player, status::text, due_at AS due FROM workout_assignments ORDER BY id',
  );
  const ids = new Set(assignments.map(({ id }) => id));
  expect(
    assigned
      .filter(({ id }) => ids.has(id))
      .map(({ id, session, player }) => ({ id, sessionId: session, playerId: player })),
  ).toEqual(assignments);
  const already = new Set(assignments.map(({ sessionId, playerId }) => pair(sessionId, playerId)));
  const listed = sessions
    .flatMap(({ id, playerIds }) => playerIds.map((player) => pair(id, player)))
    .filter((one) => !already.has(one));
  expect(listed.length).toBeGreaterThan(50);
  const added = assigned.filter(({ id }) => !ids.has(id));
  expect(added.map(({ session, player }) => pair(session, player)).sort()).toEqual(listed.sort());
  const times = new Map(sessions.map(({ id, scheduledAt }) => [id, scheduledAt]));
  for (const { session, due, status } of assigned)
    expect({ due, status }).toEqual({ due: times.get(session), status: 'assigned' });
  expect(
    (
      await rowsOf<{ load: string }>(
        training,
        'SELECT id, workout_session_id AS "sessionId", player_id AS "playerId", load_factor AS load FROM player_workout_loads ORDER BY id',
      )
    ).map((row) => ({ ...row, load: Number(row.load) })),
  ).toEqual(loads.map((row) => ({ ...row, load: Number(row.load) })));

  expect(await rowsOf(training, 'SELECT * FROM legacy_archive.notes ORDER BY id')).toEqual(notes);
  expect(
    await rowsOf(training, 'SELECT id, metadata FROM legacy_archive.workout_sessions ORDER BY id'),
  ).toEqual(metadata);
  expect(
    await rowsOf(training, 'SELECT kind, count(*)::int AS count FROM legacy_archive.findings GROUP BY kind'),
  ).toEqual([{ kind: 'stray-team-codes', count: 6 }]);

  expect(
    await differencesFromNew('training-service', clubs!.trainingUrl, [InitialSchema1764000000000]),
  ).toEqual([]);
});

test('codes that were not told to have a team stop it, and can be decided one by one', async () => {
  const { user, training } = await start({ sessionsOfUnknownTeams: 8 });
  const sessions = await legacySessions(training);
  await expect(transform(clubs!)).rejects.toMatchObject({
    code: 'LEGACY_ROWS_UNDECIDED',
    message: expect.stringMatching(/is it filled[^]*'Z1-closed': \d rows?: /),
  });
  expect(await legacySessions(training)).toEqual(sessions);

  // The codes of users alone, as when the teams were made before anybody asked the training-service.
  const codes = await rowsOf<{ code: string }>(
    user,
    'SELECT DISTINCT "teamCode" AS code FROM users WHERE "teamCode" IS NOT NULL',
  );
  await training.query('INSERT INTO id_conversion.legacy_team_codes SELECT unnest($1::text[])', [
    codes.map(({ code }) => code),
  ]);
  await decide(training, 'unknown-teams', 'default-team', '', 'Z1-closed');
  await expect(transform(clubs!)).rejects.toMatchObject({
    message: expect.not.stringContaining('Z1-closed'),
  });
  await decide(training, 'unknown-teams', 'default-team', '', 'Z2-closed');
  await transform(clubs!);
  expect(await newSessions(training)).toEqual(
    sessions.map((session) =>
      expectedSession({ ...session, teamCode: session.teamCode?.startsWith('Z') ? null : session.teamCode }),
    ),
  );
});

test('after the teams are made, no code is told that has none', async () => {
  const { user, training } = await start({ sessionsOfUnknownTeams: 8 });
  await user.query(
    `CREATE SCHEMA legacy_archive; CREATE TABLE legacy_archive.teams_of_codes (code text, team_id uuid)`,
  );
  await user.query(`INSERT INTO legacy_archive.teams_of_codes (code) VALUES (''), ('U8-1')`);
  expect(await exchangeTeamCodes(user, training)).toEqual(['U8-1']);
  expect(await rowsOf(training, 'SELECT * FROM id_conversion.legacy_team_codes')).toEqual([{ code: 'U8-1' }]);
});

test('references to nobody, unusable titles and loads: each stops it, each can be decided', async () => {
  const { user, training, made } = await start({
    danglingCreators: 3,
    danglingPlayers: 4,
    danglingCoaches: 5,
    danglingAssignments: 6,
    danglingLoads: 7,
    danglingNotes: 2,
  });
  await exchangeTeamCodes(user, training);
  const someone = (await rowsOf<{ id: string }>(user, 'SELECT id FROM users LIMIT 1'))[0]!.id;
  await training.query(`
    WITH chosen AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM workout_sessions WHERE "createdBy" IS NOT NULL)
    UPDATE workout_sessions AS w SET title = CASE n WHEN 1 THEN ' ' ELSE repeat('x', 200) END FROM chosen WHERE chosen.id = w.id AND n <= 2`);
  await training.query(`
    WITH chosen AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM player_workout_loads WHERE "playerId" IS NOT NULL)
    UPDATE player_workout_loads AS l SET load = (ARRAY[-1, 11, 0.12345, 'NaN'])[n]::numeric FROM chosen WHERE chosen.id = l.id AND n <= 4`);
  const sessions = await legacySessions(training);
  const kinds = [
    ['sessions-without-creator', 'attribute-to', someone],
    ['assignments-without-player', 'leave-out'],
    ['loads-without-player', 'leave-out'],
    ['unusable-titles', 'cut'],
    ['unusable-loads', 'nearest'],
  ] as const;
  for (const [kind, choice, detail] of kinds) {
    await expect(transform(clubs!)).rejects.toMatchObject({
      message: expect.stringContaining(`\n${kind}: `),
    });
    await decide(training, kind, choice, detail);
  }
  await transform(clubs!);
  expect(await newSessions(training)).toEqual(
    sessions.map((session) =>
      expectedSession({
        ...session,
        createdBy: session.createdBy ?? someone,
        title: session.title === ' ' ? 'Untitled' : session.title.slice(0, 150),
      }),
    ),
  );
  const found = await rowsOf<{ kind: string; count: number }>(
    training,
    `SELECT kind, count(*)::int AS count FROM legacy_archive.findings GROUP BY kind ORDER BY kind`,
  );
  expect(found).toEqual([
    { kind: 'assignments-without-player', count: made.dirt.danglingAssignments },
    { kind: 'loads-without-player', count: made.dirt.danglingLoads },
    { kind: 'sessions-without-creator', count: made.dirt.danglingCreators },
    { kind: 'unusable-loads', count: 4 },
    { kind: 'unusable-titles', count: 2 },
  ]);
  const loads = await rowsOf<{ load: string; factor: string }>(
    training,
    `SELECT old.load, new.load_factor AS factor FROM legacy_archive.player_workout_loads old JOIN player_workout_loads new USING (id)
     JOIN legacy_archive.findings f ON f.row_id = old.id::text ORDER BY old.load`,
  );
  expect(loads).toEqual([
    { load: '-1', factor: '0.000' },
    { load: '0.12345', factor: '0.123' },
    { load: '11', factor: '10.000' },
    { load: 'NaN', factor: '1.000' },
  ]);
});
