import {
  itRefuses,
  NO_SUCH_VALUE,
  NOBODY,
  NOT_NULL,
  type Refusal,
  twice,
  useRows,
} from '@hockey-hub/shared-lib/src/testing';
import { trainingDatabase } from '../../src/training-database';
import { Rows } from './rows';

const context = useRows(trainingDatabase, Rows);
const EARLY = '2026-12-01T08:00:00Z';
const LATE = '2026-12-01T09:00:00Z';

/** Executions whose status and times contradict each other. */
const CONTRADICTIONS: [status: string, started_at: string | null, completed_at: string | null][] = [
  ['pending', EARLY, null],
  ['pending', null, LATE],
  ['active', null, null],
  ['active', EARLY, LATE],
  ['completed', EARLY, null],
  ['completed', null, LATE],
  ['cancelled', EARLY, LATE],
];

describe('executions: the database itself refuses', () => {
  itRefuses(context, [
    [
      'two executions of a session by one player',
      'uq_workout_executions_workout_session_id_player_id',
      async ({ rows }) => {
        const workout_session_id = await rows.workoutSession();
        await twice(() => rows.workoutExecution({ workout_session_id, player_id: NOBODY }));
      },
    ],
    [
      'an execution of no session',
      'fk_workout_executions_workout_session_id',
      ({ rows }) => rows.workoutExecution({ workout_session_id: NOBODY }),
    ],
    ['an unknown status', NO_SUCH_VALUE, ({ rows }) => rows.workoutExecution({ status: 'paused' })],
    ...CONTRADICTIONS.map(([status, started_at, completed_at]): Refusal<typeof context> => [
      `${status} from ${started_at} to ${completed_at}`,
      'ck_workout_executions_times',
      ({ rows }) => rows.workoutExecution({ status, started_at, completed_at }),
    ]),
    [
      'an end before the beginning',
      'ck_workout_executions_duration',
      ({ rows }) => rows.workoutExecution({ status: 'completed', started_at: LATE, completed_at: EARLY }),
    ],
    [
      'a heart that stands still',
      'ck_workout_executions_heart_rate',
      ({ rows }) => rows.workoutExecution({ min_heart_rate_bpm: 24 }),
    ],
    [
      'a heart that flutters',
      'ck_workout_executions_heart_rate',
      ({ rows }) => rows.workoutExecution({ max_heart_rate_bpm: 251 }),
    ],
    [
      'an average above the maximum',
      'ck_workout_executions_heart_rate_order',
      ({ rows }) => rows.workoutExecution({ average_heart_rate_bpm: 160, max_heart_rate_bpm: 150 }),
    ],
    [
      'an average below the minimum',
      'ck_workout_executions_heart_rate_order',
      ({ rows }) => rows.workoutExecution({ min_heart_rate_bpm: 90, average_heart_rate_bpm: 80 }),
    ],
    [
      'a minimum above the maximum',
      'ck_workout_executions_heart_rate_order',
      ({ rows }) => rows.workoutExecution({ min_heart_rate_bpm: 90, max_heart_rate_bpm: 80 }),
    ],
    [
      'four heart-rate zones',
      'ck_workout_executions_heart_rate_zone_seconds',
      ({ rows }) => rows.workoutExecution({ heart_rate_zone_seconds: [0, 60, 120, 60] }),
    ],
    [
      'negative seconds in a zone',
      'ck_workout_executions_heart_rate_zone_seconds',
      ({ rows }) => rows.workoutExecution({ heart_rate_zone_seconds: [0, 0, 0, 0, -1] }),
    ],
    [
      'a zone that is null',
      'ck_workout_executions_heart_rate_zone_seconds',
      ({ rows }) => rows.workoutExecution({ heart_rate_zone_seconds: [0, 0, 0, 0, null] }),
    ],
    [
      'an exercise done twice',
      'uq_exercise_executions_workout_execution_id_exercise_id',
      async ({ rows }) => {
        const columns = {
          workout_execution_id: await rows.workoutExecution(),
          exercise_id: await rows.exercise(),
        };
        await twice(() => rows.exerciseExecution(columns));
      },
    ],
    [
      'an exercise done in no execution',
      'fk_exercise_executions_workout_execution_id',
      ({ rows }) => rows.exerciseExecution({ workout_execution_id: NOBODY }),
    ],
    [
      'an exercise of no session done',
      'fk_exercise_executions_exercise_id',
      ({ rows }) => rows.exerciseExecution({ exercise_id: NOBODY }),
    ],
    ['an exercise without results', NOT_NULL, ({ rows }) => rows.exerciseExecution({ results: null })],
    [
      'results that are a list',
      'ck_exercise_executions_results',
      ({ rows }) => rows.exerciseExecution({ results: '[]' }),
    ],
    [
      'removing a session that somebody carries out',
      'fk_workout_executions_workout_session_id',
      async ({ client, rows }) => {
        await rows.workoutExecution();
        await client.query('DELETE FROM workout_sessions');
      },
    ],
    [
      'removing an exercise that somebody has done',
      'fk_exercise_executions_exercise_id',
      async ({ client, rows }) => {
        await rows.exerciseExecution();
        await client.query('DELETE FROM exercises');
      },
    ],
    ['an RPE of 0', 'ck_exercise_executions_rpe', ({ rows }) => rows.exerciseExecution({ rpe: 0 })],
    ['an RPE of 11', 'ck_exercise_executions_rpe', ({ rows }) => rows.exerciseExecution({ rpe: 11 })],
  ]);
});

it('removes with an execution what was recorded of it', async () => {
  await context.rows.exerciseExecution();
  await context.client.query('DELETE FROM workout_executions');
  expect(await context.rows.count('exercise_executions')).toBe(0);
  expect(await context.rows.count('exercises')).toBe(1);
});
