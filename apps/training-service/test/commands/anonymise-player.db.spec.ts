import { crossServiceReferences, type ErasedRows } from '@hockey-hub/shared-lib';
import { eventually } from '@hockey-hub/shared-lib/src/testing';
import { v7 as uuidv7 } from 'uuid';
import { PlayerCommands } from '../../src/command-handlers/player-commands';
import { trainingDatabase } from '../../src/training-database';
import { deleted, received } from '../events/received';
import { useHandlers } from '../events/use-handlers';

const context = useHandlers();
const { inTransaction, row } = context;
const commands = new PlayerCommands();

const MIA = { firstName: 'Mia', lastName: 'Keller', isActive: true };
const THEN = '2026-01-05T18:00:00.000Z';
const DONE = { status: 'completed', started_at: THEN, completed_at: '2026-01-05T19:00:00.000Z' };
const USER_COLUMNS = crossServiceReferences(trainingDatabase.entities).filter(
  ({ targetTable }) => targetTable === 'users',
);

/** Rows of every table that refers to users, written long ago. */
async function career(userId: string): Promise<Record<string, string>> {
  const { rows } = context;
  const written = { created_at: THEN, updated_at: THEN };
  await inTransaction((manager) => context.users.created(received(userId, 1, MIA), manager));
  const membership = { teamId: uuidv7(), userId, joinedAt: THEN, leftAt: null };
  await inTransaction((manager) => context.memberships.created(received(uuidv7(), 1, membership), manager));

  const person = { player_id: userId, ...written };
  const past = await rows.workoutSession({
    created_by: userId,
    status: 'completed',
    scheduled_at: THEN,
    ...written,
  });
  const future = await rows.workoutSession({ ...written });
  const execution = await rows.workoutExecution({ ...person, ...DONE, workout_session_id: past });
  const exercise = await rows.exercise({ workout_session_id: past });
  await rows.exerciseExecution({
    workout_execution_id: execution,
    exercise_id: exercise,
    results: { notes: 'knee' },
  });
  const plan = await rows.developmentPlan({ ...person, status: 'active', summary: 'Mia is shy' });
  await rows.developmentPlan({ coach_id: userId, ...written });
  await rows.developmentGoal({ development_plan_id: plan, description: 'like her brother' });
  const ids = {
    ...{ past, execution, plan },
    assignment: await rows.workoutAssignment({ ...person, workout_session_id: future }),
    load: await rows.playerWorkoutLoad({ ...person, workout_session_id: past, notes: 'knee' }),
    evaluation: await rows.playerEvaluation({ ...person, strengths: 'fast', shared_at: THEN }),
    opinion: await rows.playerEvaluation({ evaluator_id: userId, strengths: 'calm', ...written }),
  };
  await rows.playerWorkoutLoad({ ...person, workout_session_id: future });
  return ids;
}

/** Where an id is found, in all tables. */
async function traces(id: string): Promise<string[]> {
  const tables = await context.dataSource.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [{ count }] = await context.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%'`,
      [id],
    );
    if (count > 0) found.push(name);
  }
  return found.sort();
}

const anonymise = (userId: string): Promise<ErasedRows[]> =>
  context.dataSource.transaction(async (manager) => (await commands.anonymise({ userId }, manager)).rows);

it('keeps what is needed for statistics, without the person', async () => {
  const mia = uuidv7();
  const ids = await career(mia);
  const other = await career(uuidv7());
  const receipt = await anonymise(mia);

  // The id itself stays in the tombstone, which says nothing but that there was somebody.
  expect(await traces(mia)).toEqual(['known_users']);
  expect(await row('known_users', mia)).toMatchObject({ first_name: null, last_name: null });

  const execution = (await row('workout_executions', ids['execution']!))!;
  const pseudonym = String(execution['player_id']);
  expect(pseudonym).not.toBe(mia);
  expect(execution).toMatchObject({ status: 'completed', updated_at: new Date(THEN), version: 1 });
  expect(await row('player_workout_loads', ids['load']!)).toMatchObject({
    player_id: pseudonym,
    notes: null,
  });
  expect(await row('player_evaluations', ids['evaluation']!)).toMatchObject({
    ...{ player_id: pseudonym, strengths: null, skating: 7, updated_at: new Date(THEN) },
  });
  expect(await row('player_evaluations', ids['opinion']!)).toMatchObject({
    ...{ evaluator_id: pseudonym, strengths: 'calm', updated_at: new Date(THEN) },
  });
  expect(await row('workout_sessions', ids['past']!)).toMatchObject({
    ...{ created_by: pseudonym, updated_at: new Date(THEN) },
  });
  expect(await row('workout_assignments', ids['assignment']!)).toMatchObject({
    ...{ player_id: pseudonym, status: 'cancelled' },
  });
  expect(await row('workout_executions', other['execution']!)).not.toMatchObject({ player_id: pseudonym });

  const told = Object.fromEntries(receipt.map(({ what, action, rows }) => [`${what} ${action}`, rows]));
  expect(told).toEqual({
    'known_users emptied': 1,
    'workout_assignments cancelled': 1,
    'development_plans cancelled': 1,
    'player_workout_loads deleted': 1,
    'player_workout_loads.notes emptied': 1,
    'player_evaluations emptied': 1,
    'development_plans.summary emptied': 1,
    'development_goals.description emptied': 1,
    'exercise_executions.results emptied': 1,
    'development_plans.coach_id pseudonymised': 1,
    'development_plans.player_id pseudonymised': 1,
    'known_team_memberships.user_id pseudonymised': 1,
    'player_evaluations.evaluator_id pseudonymised': 1,
    'player_evaluations.player_id pseudonymised': 1,
    'player_workout_loads.player_id pseudonymised': 1,
    'workout_assignments.player_id pseudonymised': 1,
    'workout_executions.player_id pseudonymised': 1,
    'workout_sessions.created_by pseudonymised': 1,
  });
  expect(Object.keys(told).filter((line) => line.endsWith('pseudonymised'))).toHaveLength(
    USER_COLUMNS.length,
  );
  expect(JSON.stringify(receipt)).not.toContain(pseudonym);
});

it('leaves nothing that tells when it was done, by which the pseudonym could be found', async () => {
  const mia = uuidv7();
  const { execution } = await career(mia);
  const [{ now }] = await context.dataSource.query<[{ now: string }]>(
    `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS now`,
  );
  await anonymise(mia);
  const pseudonym = String((await row('workout_executions', execution!))!['player_id']);
  expect(await row('known_users', pseudonym)).toMatchObject({
    deleted_at: new Date(0),
    created_at: new Date(0),
  });
  for (const table of await traces(pseudonym)) {
    const [{ count }] = await context.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM "${table}" t
       WHERE t::text LIKE '%' || $1 || '%' AND t.updated_at::text LIKE $2 || '%' AND t.created_at <> t.updated_at`,
      [pseudonym, now],
    );
    expect({ table, count }).toEqual({ table, count: 0 });
  }
});

it('hears nothing of the person any more, whatever is still on its way', async () => {
  const mia = uuidv7();
  await career(mia);
  await anonymise(mia);
  await inTransaction((manager) => context.users.updated(received(mia, 2, MIA), manager));
  await inTransaction((manager) => context.users.deleted(deleted(mia), manager));
  expect(await row('known_users', mia)).toMatchObject({ first_name: null, deleted_at: expect.any(Date) });
  expect(await traces(mia)).toEqual(['known_users']);
});

it('can be done twice, and to somebody who was never heard of', async () => {
  const mia = uuidv7();
  await career(mia);
  await anonymise(mia);
  expect(await anonymise(mia)).toEqual([]);
  expect(await anonymise(uuidv7())).toEqual([]);
});

it('keeps nothing of what is still on its way about a person who was erased', async () => {
  const userId = uuidv7();
  const id = uuidv7();
  await anonymise(userId);
  const membership = { teamId: uuidv7(), userId, joinedAt: THEN, leftAt: null };
  await inTransaction((manager) => context.memberships.created(received(id, 1, membership), manager));
  await inTransaction((manager) => context.memberships.updated(received(id, 2, membership), manager));
  await inTransaction((manager) =>
    context.memberships.deleted(received(id, 3, { ...membership, deletedAt: THEN }), manager),
  );
  expect(await traces(userId)).toEqual(['known_users']);
});

it('waits for news of a membership that is being kept, and finds it', async () => {
  const userId = uuidv7();
  const membership = { teamId: uuidv7(), userId, joinedAt: THEN, leftAt: null };
  let erasing: Promise<unknown> = Promise.resolve();
  await inTransaction(async (manager) => {
    await context.memberships.created(received(uuidv7(), 1, membership), manager);
    erasing = anonymise(userId);
    await eventually('the erasure waits for us', async () => {
      const waiting = await context.dataSource.query<unknown[]>(
        `SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
          WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted`,
      );
      return waiting.length === 1;
    });
  });
  await erasing;
  expect(await traces(userId)).toEqual(['known_users']);
});
