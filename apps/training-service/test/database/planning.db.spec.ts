import { v7 as uuidv7 } from 'uuid';
import {
  itRefuses,
  NO_SUCH_VALUE,
  NOBODY,
  NOT_NULL,
  TOO_LONG,
  twice,
  useRows,
} from '@hockey-hub/shared-lib/src/testing';
import { trainingDatabase } from '../../src/training-database';
import { Rows } from './rows';

const context = useRows(trainingDatabase, Rows);

describe('templates: the database itself refuses', () => {
  itRefuses(context, [
    [
      'two exercises of one name in a club',
      'uq_exercise_templates_organization_id_name',
      ({ rows }) => twice(() => rows.exerciseTemplate({ organization_id: NOBODY })),
    ],
    ['an exercise of no club', NOT_NULL, ({ rows }) => rows.exerciseTemplate({ organization_id: null })],
    ['a blank exercise', 'ck_exercise_templates_name', ({ rows }) => rows.exerciseTemplate({ name: ' ' })],
    ['a name that is too long', TOO_LONG, ({ rows }) => rows.exerciseTemplate({ name: 'x'.repeat(151) })],
    ['an unknown category', NO_SUCH_VALUE, ({ rows }) => rows.exerciseTemplate({ category: 'yoga' })],
    [
      'an unknown muscle group',
      NO_SUCH_VALUE,
      ({ rows }) => rows.exerciseTemplate({ muscle_groups: ['tail'] }),
    ],
    [
      'a muscle group that is null',
      'ck_exercise_templates_muscle_groups',
      ({ rows }) => rows.exerciseTemplate({ muscle_groups: ['core', null] }),
    ],
    [
      'equipment without a name',
      'ck_exercise_templates_equipment',
      ({ rows }) => rows.exerciseTemplate({ equipment: ['bench', ''] }),
    ],
    [
      'equipment that is null',
      'ck_exercise_templates_equipment',
      ({ rows }) => rows.exerciseTemplate({ equipment: [null] }),
    ],
    [
      'more equipment than anybody can carry',
      'ck_exercise_templates_equipment',
      ({ rows }) => rows.exerciseTemplate({ equipment: Array(21).fill('bench') }),
    ],
    [
      'blank instructions',
      'ck_exercise_templates_instructions',
      ({ rows }) => rows.exerciseTemplate({ instructions: '' }),
    ],
    [
      'a video that is a script',
      'ck_exercise_templates_video_url',
      ({ rows }) => rows.exerciseTemplate({ video_url: 'javascript:alert(1)' }),
    ],
    [
      'a session template of no club',
      NOT_NULL,
      ({ rows }) => rows.sessionTemplate({ organization_id: null }),
    ],
    [
      'a blank session template',
      'ck_session_templates_name',
      ({ rows }) => rows.sessionTemplate({ name: '' }),
    ],
    ['an unknown difficulty', NO_SUCH_VALUE, ({ rows }) => rows.sessionTemplate({ difficulty: 'insane' })],
    [
      'blocks that are no list',
      'ck_session_templates_blocks',
      ({ rows }) => rows.sessionTemplate({ blocks: {} }),
    ],
    [
      'too many blocks',
      'ck_session_templates_blocks',
      ({ rows }) => rows.sessionTemplate({ blocks: JSON.stringify(Array(21).fill({})) }),
    ],
  ]);
});

describe('sessions: the database itself refuses', () => {
  itRefuses(context, [
    ['a session of no team', NOT_NULL, ({ rows }) => rows.workoutSession({ team_id: null })],
    ['a session that nobody planned', NOT_NULL, ({ rows }) => rows.workoutSession({ created_by: null })],
    ['a blank title', 'ck_workout_sessions_title', ({ rows }) => rows.workoutSession({ title: ' ' })],
    ['an unknown type', NO_SUCH_VALUE, ({ rows }) => rows.workoutSession({ type: 'dance' })],
    ['an unknown status', NO_SUCH_VALUE, ({ rows }) => rows.workoutSession({ status: 'paused' })],
    [
      'a scheduled session without a time',
      'ck_workout_sessions_scheduled_at',
      ({ rows }) => rows.workoutSession({ status: 'scheduled' }),
    ],
    [
      'a session that takes no time',
      'ck_workout_sessions_duration_minutes',
      ({ rows }) => rows.workoutSession({ duration_minutes: 0 }),
    ],
    [
      'a session that never ends',
      'ck_workout_sessions_duration_minutes',
      ({ rows }) => rows.workoutSession({ duration_minutes: 601 }),
    ],
    ['a blank location', 'ck_workout_sessions_location', ({ rows }) => rows.workoutSession({ location: '' })],
    [
      'an exercise of no session',
      'fk_exercises_workout_session_id',
      ({ rows }) => rows.exercise({ workout_session_id: NOBODY }),
    ],
    [
      'an exercise nobody teaches',
      'fk_exercises_exercise_template_id',
      ({ rows }) => rows.exercise({ exercise_template_id: NOBODY }),
    ],
    [
      'two exercises in one place',
      'uq_exercises_workout_session_id_position',
      async ({ rows }) => {
        const workout_session_id = await rows.workoutSession();
        await twice(() => rows.exercise({ workout_session_id, position: 3 }));
      },
    ],
    ['a place before the first', 'ck_exercises_position', ({ rows }) => rows.exercise({ position: 0 })],
    ['a place behind the last', 'ck_exercises_position', ({ rows }) => rows.exercise({ position: 101 })],
    ['no sets', 'ck_exercises_sets', ({ rows }) => rows.exercise({ sets: 0 })],
    ['no repetitions', 'ck_exercises_reps', ({ rows }) => rows.exercise({ reps: 0 })],
    [
      'rest of negative length',
      'ck_exercises_rest_seconds',
      ({ rows }) => rows.exercise({ rest_seconds: -1 }),
    ],
    [
      'removing an exercise template that a session has',
      'fk_exercises_exercise_template_id',
      async ({ client, rows }) => {
        await rows.exercise();
        await client.query('DELETE FROM exercise_templates');
      },
    ],
    ['a target that is a list', 'ck_exercises_target', ({ rows }) => rows.exercise({ target: '[]' })],
  ]);
});

describe('assignments and loads: the database itself refuses', () => {
  itRefuses(context, [
    [
      'an assignment to nobody',
      'ck_workout_assignments_assignee',
      ({ rows }) => rows.workoutAssignment({ player_id: null }),
    ],
    [
      'an assignment to a player and a team',
      'ck_workout_assignments_assignee',
      ({ rows }) => rows.workoutAssignment({ team_id: uuidv7() }),
    ],
    [
      'an assignment of no session',
      'fk_workout_assignments_workout_session_id',
      ({ rows }) => rows.workoutAssignment({ workout_session_id: NOBODY }),
    ],
    [
      'a recurrence in other words',
      'ck_workout_assignments_recurrence',
      ({ rows }) => rows.workoutAssignment({ recurrence: 'weekly', due_at: '2026-12-01T08:00:00Z' }),
    ],
    [
      'a recurrence without a beginning',
      'ck_workout_assignments_first_due',
      ({ rows }) => rows.workoutAssignment({ recurrence: 'FREQ=WEEKLY' }),
    ],
    [
      'two loads of one player in a session',
      'uq_player_workout_loads_workout_session_id_player_id',
      async ({ rows }) => {
        const workout_session_id = await rows.workoutSession();
        await twice(() => rows.playerWorkoutLoad({ workout_session_id, player_id: NOBODY }));
      },
    ],
    [
      'a load of no session',
      'fk_player_workout_loads_workout_session_id',
      ({ rows }) => rows.playerWorkoutLoad({ workout_session_id: NOBODY }),
    ],
    [
      'a negative load',
      'ck_player_workout_loads_load_factor',
      ({ rows }) => rows.playerWorkoutLoad({ load_factor: -0.5 }),
    ],
    [
      'a load that breaks a player',
      'ck_player_workout_loads_load_factor',
      ({ rows }) => rows.playerWorkoutLoad({ load_factor: 10.001 }),
    ],
    ['blank notes', 'ck_player_workout_loads_notes', ({ rows }) => rows.playerWorkoutLoad({ notes: '' })],
  ]);
});

describe('the database itself', () => {
  it('lets one statement swap two positions', async () => {
    const workout_session_id = await context.rows.workoutSession();
    const first = await context.rows.exercise({ workout_session_id, position: 1 });
    await context.rows.exercise({ workout_session_id, position: 2 });
    await context.client.query('UPDATE exercises SET position = 3 - position');
    const { rows } = await context.client.query('SELECT id FROM exercises WHERE position = 2');
    expect(rows).toEqual([{ id: first }]);
  });

  it('removes with a session what belongs to it alone', async () => {
    const workout_session_id = await context.rows.workoutSession();
    await context.rows.exercise({ workout_session_id });
    await context.rows.workoutAssignment({ workout_session_id });
    await context.rows.playerWorkoutLoad({ workout_session_id });
    await context.client.query('DELETE FROM workout_sessions');
    for (const table of ['exercises', 'workout_assignments', 'player_workout_loads']) {
      expect([table, await context.rows.count(table)]).toEqual([table, 0]);
    }
    expect(await context.rows.count('exercise_templates')).toBe(1);
  });
});
