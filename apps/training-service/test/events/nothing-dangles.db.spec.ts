import { crossServiceReferences } from '@hockey-hub/shared-lib';
import { v7 as uuidv7 } from 'uuid';
import { KNOWN } from '../../src/known/hold-references';
import { trainingDatabase } from '../../src/training-database';
import { deleted, DELETED_AT, received } from './received';
import { useHandlers } from './use-handlers';

/** What becomes of a row when what it points to is deleted; README.md says it in words. */
type Policy = 'kept' | 'removed' | 'kept where used' | 'removed where open';

const POLICIES: Record<string, Policy> = {
  'development_plans.coach_id': 'kept',
  'development_plans.player_id': 'kept',
  'development_plans.team_id': 'kept',
  'exercise_templates.organization_id': 'kept where used',
  'known_team_memberships.team_id': 'kept',
  'known_team_memberships.user_id': 'kept',
  'known_teams.organization_id': 'kept',
  'player_evaluations.evaluator_id': 'kept',
  'player_evaluations.player_id': 'kept',
  'player_evaluations.team_id': 'kept',
  'player_workout_loads.player_id': 'removed where open',
  'session_templates.organization_id': 'removed',
  'workout_assignments.player_id': 'kept',
  'workout_assignments.team_id': 'kept',
  'workout_executions.player_id': 'kept',
  'workout_sessions.created_by': 'kept',
  'workout_sessions.team_id': 'kept',
};

const context = useHandlers();
const references = crossServiceReferences(trainingDatabase.entities);
const CLUB = uuidv7();
const TEAM = uuidv7();
const [PLAYER, COACH] = [uuidv7(), uuidv7()];

/** A row in every table that refers to another service, two where a policy makes a difference. */
async function fill(): Promise<void> {
  const { rows, inTransaction, organizations, teams, users, memberships } = context;
  const club = { name: 'IFK', isActive: true };
  const team = { organizationId: CLUB, name: 'U14', season: '2026-2027', isActive: true };
  const person = { firstName: 'Mia', lastName: 'Keller', isActive: true };
  const member = { teamId: TEAM, userId: PLAYER, joinedAt: DELETED_AT, leftAt: null };
  await inTransaction((manager) => organizations.created(received(CLUB, 1, club), manager));
  await inTransaction((manager) => teams.created(received(TEAM, 1, team), manager));
  for (const id of [PLAYER, COACH])
    await inTransaction((manager) => users.created(received(id, 1, person), manager));
  await inTransaction((manager) => memberships.created(received(uuidv7(), 1, member), manager));

  const over = { status: 'completed', scheduled_at: DELETED_AT };
  const [open, past] = [
    await rows.workoutSession({ team_id: TEAM, created_by: COACH }),
    await rows.workoutSession({ team_id: TEAM, created_by: COACH, ...over }),
  ];
  const player_id = PLAYER;
  for (const workout_session_id of [open, past]) {
    await rows.workoutAssignment({ workout_session_id, player_id });
    await rows.workoutAssignment({ workout_session_id, player_id: null, team_id: TEAM });
    await rows.workoutExecution({ workout_session_id, player_id });
    await rows.playerWorkoutLoad({ workout_session_id, player_id });
  }
  await rows.playerEvaluation({ player_id, team_id: TEAM, evaluator_id: COACH });
  await rows.developmentPlan({ player_id, team_id: TEAM, coach_id: COACH });
  const [used] = [
    await rows.exerciseTemplate({ organization_id: CLUB, name: 'Squat' }),
    await rows.exerciseTemplate({ organization_id: CLUB, name: 'Plank' }),
  ];
  await rows.exercise({ workout_session_id: open, exercise_template_id: used });
  await rows.sessionTemplate({ organization_id: CLUB });
}

/** How many rows have the id of one of ours in that column. */
async function countOurs(table: string, column: string): Promise<number> {
  const [{ count }] = await context.dataSource.query<[{ count: number }]>(
    `SELECT count(*)::int FROM "${table}" WHERE "${column}" = ANY ($1)`,
    [[CLUB, TEAM, PLAYER, COACH]],
  );
  return count;
}

const countAll = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    await Promise.all(
      references.map(async ({ table, column }) => [`${table}.${column}`, await countOurs(table, column)]),
    ),
  );

it('has a policy for every reference to another service, and a read model of what it points to', () => {
  expect(references.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
    Object.keys(POLICIES).sort(),
  );
  expect([...new Set(references.map(({ targetTable }) => targetTable))].sort()).toEqual(
    Object.keys(KNOWN).sort(),
  );
});

it('leaves a tombstone behind whatever still points to something deleted, and nothing open', async () => {
  const { dataSource, inTransaction, organizations, teams, users } = context;
  await fill();
  const before = await countAll();
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);

  for (const id of [PLAYER, COACH]) await inTransaction((manager) => users.deleted(deleted(id), manager));
  await inTransaction((manager) => teams.deleted(deleted(TEAM), manager));
  await inTransaction((manager) => organizations.deleted(deleted(CLUB), manager));

  const after = await countAll();
  const become = (count: number, policy: Policy): number =>
    policy === 'kept' ? count : policy === 'removed' ? 0 : count / 2;
  expect(after).toEqual(
    Object.fromEntries(
      Object.entries(before).map(([column, count]) => [column, become(count, POLICIES[column]!)]),
    ),
  );
  for (const { table, column, targetTable } of references) {
    const dangling = await dataSource.query<object[]>(
      `SELECT "${column}" FROM "${table}" WHERE "${column}" = ANY ($1) AND NOT EXISTS
         (SELECT FROM "known_${targetTable}" AS known WHERE known."id" = "${column}" AND known."deleted_at" IS NOT NULL)`,
      [[CLUB, TEAM, PLAYER, COACH]],
    );
    expect([table, column, dangling]).toEqual([table, column, []]);
  }
  const open = await dataSource.query<object[]>(
    `SELECT 'session' AS kind FROM "workout_sessions" WHERE "team_id" = $1 AND "status" IN ('draft', 'scheduled', 'active')
     UNION ALL SELECT 'assignment' FROM "workout_assignments" WHERE ("player_id" = $2 OR "team_id" = $1) AND "status" = 'assigned'
     UNION ALL SELECT 'execution' FROM "workout_executions" WHERE "player_id" = $2 AND "status" IN ('pending', 'active')
     UNION ALL SELECT 'plan' FROM "development_plans" WHERE "player_id" = $2 AND "status" IN ('draft', 'active')`,
    [TEAM, PLAYER],
  );
  expect(open).toEqual([]);
});
