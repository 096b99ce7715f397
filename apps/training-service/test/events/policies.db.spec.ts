import type { Columns } from '@hockey-hub/shared-lib/src/testing';
import { v7 as uuidv7 } from 'uuid';
import { deleted, DELETED_AT, received } from './received';
import { useHandlers } from './use-handlers';

const context = useHandlers();
const { inTransaction, row, organizations, teams, users, memberships } = context;

const STARTED = { started_at: '2026-12-01T18:00:00Z' };
const DONE = { ...STARTED, completed_at: '2026-12-01T19:00:00Z', status: 'completed' };
const planned = (status: string): Columns => ({ status, scheduled_at: '2026-12-01T18:00:00Z' });

/** What has become of rows: by table and name, the values of a column. */
async function statuses(table: string, ids: Record<string, string>): Promise<Record<string, unknown>> {
  const entries = Object.entries(ids).map(async ([name, id]) => [name, (await row(table, id))?.['status']]);
  return Object.fromEntries(await Promise.all(entries));
}

describe('when a user is deleted', () => {
  const forget = (id: string) => inTransaction((manager) => users.deleted(deleted(id), manager));

  it('cancels what they were to do, keeps what they did, and touches nobody else', async () => {
    const { rows } = context;
    const player_id = uuidv7();
    const assignments = {
      assigned: await rows.workoutAssignment({ player_id }),
      missed: await rows.workoutAssignment({ player_id, status: 'missed' }),
      completed: await rows.workoutAssignment({ player_id, status: 'completed' }),
      other: await rows.workoutAssignment(),
    };
    const executions = {
      pending: await rows.workoutExecution({ player_id }),
      active: await rows.workoutExecution({ player_id, ...STARTED, status: 'active' }),
      completed: await rows.workoutExecution({ player_id, ...DONE }),
      other: await rows.workoutExecution(),
    };
    await forget(player_id);
    await forget(player_id);
    expect(await statuses('workout_assignments', assignments)).toEqual({
      ...{ assigned: 'cancelled', missed: 'missed', completed: 'completed', other: 'assigned' },
    });
    expect(await statuses('workout_executions', executions)).toEqual({
      ...{ pending: 'cancelled', active: 'cancelled', completed: 'completed', other: 'pending' },
    });
    expect(await row('workout_executions', executions.completed)).toMatchObject({ player_id, version: 1 });
  });

  it('removes loads of sessions to come, and why the others were so', async () => {
    const { rows } = context;
    const load = { player_id: uuidv7(), load_factor: 0.5, notes: 'Knee' };
    const [future, past] = [
      await rows.playerWorkoutLoad(load),
      await rows.playerWorkoutLoad({
        ...load,
        workout_session_id: await rows.workoutSession(planned('completed')),
      }),
    ];
    const other = await rows.playerWorkoutLoad({ ...load, player_id: uuidv7() });
    await forget(load.player_id);
    expect(await row('player_workout_loads', future)).toBeUndefined();
    expect(await row('player_workout_loads', past)).toMatchObject({ load_factor: '0.500', notes: null });
    expect(await row('player_workout_loads', other)).toMatchObject({ notes: 'Knee' });
  });

  it('cancels their plans, and removes what was written about them', async () => {
    const { rows } = context;
    const player_id = uuidv7();
    const texts = { strengths: 'Fast', areas_to_improve: 'Backhand' };
    const evaluation = await rows.playerEvaluation({ player_id, ...texts });
    const plans = {
      draft: await rows.developmentPlan({ player_id, summary: 'Mia is ...' }),
      active: await rows.developmentPlan({ player_id, status: 'active' }),
      completed: await rows.developmentPlan({ player_id, status: 'completed' }),
    };
    const goal = await rows.developmentGoal({ development_plan_id: plans.draft, description: 'She ...' });
    const workout_execution_id = await rows.workoutExecution({ player_id, ...DONE });
    const execution = await rows.exerciseExecution({
      workout_execution_id,
      results: { sets: [{ reps: 8 }], notes: 'Knee hurt' },
    });
    await forget(player_id);
    expect(await row('player_evaluations', evaluation)).toMatchObject({
      ...{ player_id, skating: 7, strengths: null, areas_to_improve: null },
    });
    expect(await statuses('development_plans', plans)).toEqual({
      ...{ draft: 'cancelled', active: 'cancelled', completed: 'completed' },
    });
    expect(await row('development_plans', plans.draft)).toMatchObject({ summary: null });
    expect(await row('development_goals', goal)).toMatchObject({ description: null });
    expect(await row('exercise_executions', execution)).toMatchObject({ results: { sets: [{ reps: 8 }] } });
  });

  it('leaves what they did for others: sessions, plans and evaluations point to the tombstone', async () => {
    const { rows } = context;
    const coach = uuidv7();
    const session = await rows.workoutSession({ created_by: coach, ...planned('scheduled') });
    const plan = await rows.developmentPlan({ coach_id: coach, status: 'active', summary: 'Work on it' });
    const evaluation = await rows.playerEvaluation({ evaluator_id: coach, strengths: 'Fast' });
    await forget(coach);
    expect(await row('workout_sessions', session)).toMatchObject({ created_by: coach, status: 'scheduled' });
    expect(await row('development_plans', plan)).toMatchObject({ status: 'active', summary: 'Work on it' });
    expect(await row('player_evaluations', evaluation)).toMatchObject({ strengths: 'Fast' });
    expect(await row('known_users', coach)).toMatchObject({ deleted_at: new Date(DELETED_AT) });
  });
});

describe('when a team is deleted', () => {
  const forget = (id: string) => inTransaction((manager) => teams.deleted(deleted(id), manager));

  it('cancels its sessions that are not over, with all that was to be done, and tells of it', async () => {
    const { rows, dataSource } = context;
    const team_id = uuidv7();
    const sessions = {
      draft: await rows.workoutSession({ team_id }),
      scheduled: await rows.workoutSession({ team_id, ...planned('scheduled') }),
      active: await rows.workoutSession({ team_id, ...planned('active') }),
      completed: await rows.workoutSession({ team_id, ...planned('completed') }),
      cancelled: await rows.workoutSession({ team_id, status: 'cancelled' }),
      other: await rows.workoutSession(),
    };
    const workout_session_id = sessions.scheduled;
    const assignment = await rows.workoutAssignment({ workout_session_id });
    const execution = await rows.workoutExecution({ workout_session_id });
    await forget(team_id);
    await forget(team_id);
    expect(await statuses('workout_sessions', sessions)).toEqual({
      ...{ draft: 'cancelled', scheduled: 'cancelled', active: 'cancelled' },
      ...{ completed: 'completed', cancelled: 'cancelled', other: 'draft' },
    });
    expect(await row('workout_assignments', assignment)).toMatchObject({ status: 'cancelled' });
    expect(await row('workout_executions', execution)).toMatchObject({ status: 'cancelled' });
    const told = await dataSource.query<object[]>(
      `SELECT "type", "aggregate_id", "data"->>'status' AS status FROM "outbox_events"
        WHERE "data"->>'teamId' = $1 ORDER BY "aggregate_id"`,
      [team_id],
    );
    expect(told).toEqual(
      [sessions.draft, sessions.scheduled, sessions.active].sort().map((aggregate_id) => ({
        type: 'training-service.workout-session.updated.v1',
        ...{ aggregate_id, status: 'cancelled' },
      })),
    );
  });

  it('cancels what it was to do in sessions of others, and its plans; evaluations stay', async () => {
    const { rows } = context;
    const team_id = uuidv7();
    const assignments = {
      assigned: await rows.workoutAssignment({ player_id: null, team_id }),
      missed: await rows.workoutAssignment({ player_id: null, team_id, status: 'missed' }),
    };
    const plans = {
      active: await rows.developmentPlan({ team_id, status: 'active' }),
      completed: await rows.developmentPlan({ team_id, status: 'completed' }),
    };
    const evaluation = await rows.playerEvaluation({ team_id, strengths: 'Fast' });
    await forget(team_id);
    expect(await statuses('workout_assignments', assignments)).toEqual({
      ...{ assigned: 'cancelled', missed: 'missed' },
    });
    expect(await statuses('development_plans', plans)).toEqual({
      ...{ active: 'cancelled', completed: 'completed' },
    });
    expect(await row('player_evaluations', evaluation)).toMatchObject({ team_id, strengths: 'Fast' });
  });
});

it('when a club is deleted, its templates go, but for exercises that a session has', async () => {
  const { rows } = context;
  const organization_id = uuidv7();
  const [unused, used] = [
    await rows.exerciseTemplate({ organization_id, name: 'Plank' }),
    await rows.exerciseTemplate({ organization_id, name: 'Squat' }),
  ];
  await rows.exercise({ exercise_template_id: used });
  const session = await rows.sessionTemplate({ organization_id });
  const other = await rows.exerciseTemplate();
  await inTransaction((manager) => organizations.deleted(deleted(organization_id), manager));
  await inTransaction((manager) => organizations.deleted(deleted(organization_id), manager));
  expect(await row('exercise_templates', unused)).toBeUndefined();
  expect(await row('session_templates', session)).toBeUndefined();
  expect(await row('exercise_templates', used)).toMatchObject({ organization_id });
  expect(await row('exercise_templates', other)).toBeDefined();
});

describe('when a membership', () => {
  const member = async () => {
    const { rows } = context;
    const { userId, teamId } = { userId: uuidv7(), teamId: uuidv7() };
    const workout_session_id = await rows.workoutSession({ team_id: teamId });
    const assignment = await rows.workoutAssignment({ workout_session_id, player_id: userId });
    const elsewhere = await rows.workoutAssignment({ player_id: userId });
    const begin = async (sequence = 1) => {
      const id = uuidv7();
      const state = { teamId, userId, joinedAt: '2026-09-01T00:00:00.000Z', leftAt: null };
      await inTransaction((manager) => memberships.created(received(id, sequence, state), manager));
      return id;
    };
    const remove = (id: string) =>
      inTransaction((manager) =>
        memberships.deleted(received(id, 9, { teamId, userId, deletedAt: DELETED_AT }), manager),
      );
    const end = (id: string, leftAt: string) =>
      inTransaction((manager) =>
        memberships.updated(
          received(id, 2, { teamId, userId, joinedAt: '2026-09-01T00:00:00.000Z', leftAt }),
          manager,
        ),
      );
    const statusOf = async (id: string) => (await row('workout_assignments', id))?.['status'];
    return { begin, remove, end, assignment, elsewhere, statusOf };
  };

  it('was a mistake, cancels what the member was to do in the team', async () => {
    const { begin, remove, assignment, elsewhere, statusOf } = await member();
    await remove(await begin());
    expect(await statusOf(assignment)).toBe('cancelled');
    expect(await statusOf(elsewhere)).toBe('assigned');
  });

  it('was a mistake and another one is right, changes nothing', async () => {
    const { begin, remove, assignment, statusOf } = await member();
    await begin();
    await remove(await begin());
    expect(await statusOf(assignment)).toBe('assigned');
  });

  it('ends, leaves the work to the coach, or to a transfer', async () => {
    const { begin, end, assignment, statusOf } = await member();
    await end(await begin(), '2026-10-01T00:00:00.000Z');
    expect(await statusOf(assignment)).toBe('assigned');
  });

  it('is gone according to a snapshot, cancels as well', async () => {
    const { begin, assignment, statusOf } = await member();
    const id = await begin();
    await inTransaction((manager) =>
      memberships.snapshot({ aggregateId: id, sequence: 3, data: null }, manager),
    );
    expect(await statusOf(assignment)).toBe('cancelled');
  });
});
