/** Pure: the rows of the legacy training database, as statements that make them inside Postgres. `$1` is the moment of the seed. */
import type { Draw } from './draw';
import { BLOCK, PLAYERS_OF_BLOCK, teamCode, userNumber, type Population } from './population';

const TITLES = [
  'Strength',
  'Skating',
  'Power play',
  'Recovery',
  'Sprints',
  'Core',
  'Goalies',
  'Stickhandling',
];
const REMARKS = [
  'Shoulder is better',
  'Works hard',
  'Came late',
  'Ask the physio',
  'Ready for more',
  'Great week',
];
const SECONDS_OF_YEAR = 365 * 24 * 3600;

export function trainingRows(population: Population, draw: Draw): readonly string[] {
  return [
    workoutSessions(population, draw),
    workoutAssignments(population, draw),
    playerWorkoutLoads(population, draw),
    notes(population, draw),
  ];
}

/** The block whose players do a session, in SQL: assignments and loads draw the same one. */
const blockOf = ({ blocks }: Population, draw: Draw, session: string) =>
  draw.below(blocks, 'block of session', session);

/** The number of a block's user, by seat from 0. */
const seatOf = (block: string, seat: string) => userNumber(`(${block}) * ${BLOCK} + 1 + (${seat})`);

function workoutSessions(population: Population, draw: Draw): string {
  const coach = seatOf('block', `${BLOCK - 3}`);
  const trainer = seatOf('block', `${BLOCK - 2}`);
  return `
    INSERT INTO "workout_sessions" ("id", "title", "createdBy", "teamCode", "playerIds", "scheduledAt", "metadata")
    SELECT ${draw.uuid('session', 's')}, ${draw.oneOf(TITLES, 'title', 's')} || ' ' || s, ${coach},
      CASE WHEN ${draw.chance(95, 'has a team', 's')} THEN ${teamCode('block')} END,
      ARRAY(SELECT ${seatOf('block', 'seat')} FROM generate_series(0, ${PLAYERS_OF_BLOCK - 1}) AS seat
        WHERE ${draw.chance(60, 'plays', `s * ${PLAYERS_OF_BLOCK} + seat`)} ORDER BY seat),
      CASE WHEN ${draw.chance(90, 'has a date', 's')}
        THEN $1::timestamptz + make_interval(secs => ${draw.below(SECONDS_OF_YEAR, 'scheduled', 's')} - ${SECONDS_OF_YEAR * 0.75}) END,
      CASE ${draw.below(20, 'metadata', 's')}
        WHEN 0 THEN NULL
        WHEN 1 THEN '{}'
        WHEN 2 THEN jsonb_build_object('coachIds', '[]'::jsonb, 'rink', 1)
        WHEN 3 THEN jsonb_build_object('coachIds', jsonb_build_array(${coach}))
        ELSE jsonb_build_object('coachIds', jsonb_build_array(${coach}, ${trainer}), 'rink', ${draw.below(4, 'rink', 's')}, 'intensity', 'high')
      END
    FROM (SELECT s, ${blockOf(population, draw, 's')} AS block FROM generate_series(0::bigint, ${population.workoutSessions - 1}) AS s) AS drawn`;
}

/** Row `i` of one of the tables that hold players of sessions: round after round over all sessions, a new seat in each round. */
const ofRound = (population: Population, draw: Draw, rows: number) => {
  const session = `i % ${population.workoutSessions}`;
  return {
    session: draw.uuid('session', session),
    player: seatOf(
      blockOf(population, draw, session),
      `(i / ${population.workoutSessions}) % ${PLAYERS_OF_BLOCK}`,
    ),
    from: `generate_series(0::bigint, ${rows - 1}) AS i`,
  };
};

function workoutAssignments(population: Population, draw: Draw): string {
  const { session, player, from } = ofRound(population, draw, population.workoutAssignments);
  return `
    INSERT INTO "workout_assignments" ("id", "sessionId", "playerId")
    SELECT ${draw.uuid('assignment', 'i')}, ${session}, ${player} FROM ${from}`;
}

function playerWorkoutLoads(population: Population, draw: Draw): string {
  const { session, player, from } = ofRound(population, draw, population.playerWorkoutLoads);
  return `
    INSERT INTO "player_workout_loads" ("id", "sessionId", "playerId", "load")
    SELECT ${draw.uuid('load', 'i')}, ${session}, ${player}, ${draw.below(2000, 'load', 'i')} / 1000.0 FROM ${from}`;
}

/** Whether the n-th note is about a user, in SQL. */
export const isNoteOnUser = (draw: Draw, note: string) => draw.chance(60, 'note on a user', note);

function notes(population: Population, draw: Draw): string {
  const player = userNumber(`1 + ${draw.below(population.users, 'subject', 'i')}`);
  return `
    INSERT INTO "notes" ("id", "subjectType", "subjectId", "body")
    SELECT ${draw.uuid('note', 'i')},
      CASE WHEN ${isNoteOnUser(draw, 'i')} THEN 'user' ELSE 'session' END,
      CASE WHEN ${isNoteOnUser(draw, 'i')} THEN (${player})::text
        ELSE (${draw.uuid('session', draw.below(population.workoutSessions, 'subject', 'i'))})::text END,
      ${draw.oneOf(REMARKS, 'remark', 'i')}
    FROM generate_series(0::bigint, ${population.notes - 1}) AS i`;
}
