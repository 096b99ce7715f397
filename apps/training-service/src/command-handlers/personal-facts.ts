import type { ErasedRows } from '@hockey-hub/shared-lib';
import type { EntityManager } from 'typeorm';

interface Fact {
  readonly what: string;
  readonly action: ErasedRows['action'];
  readonly count: number;
}

/** What a receipt counts, each with what it means that there is less of it afterwards. */
const FACTS = `
  SELECT 'workout_assignments' AS what, 'cancelled' AS action, count(*)::int AS count
  FROM "workout_assignments" WHERE "player_id" = $1 AND "status" NOT IN ('completed', 'missed', 'cancelled')
  UNION ALL SELECT 'workout_executions', 'cancelled', count(*)::int
  FROM "workout_executions" WHERE "player_id" = $1 AND "status" NOT IN ('completed', 'cancelled')
  UNION ALL SELECT 'development_plans', 'cancelled', count(*)::int
  FROM "development_plans" WHERE "player_id" = $1 AND "status" NOT IN ('completed', 'cancelled')
  UNION ALL SELECT 'player_workout_loads', 'deleted', count(*)::int
  FROM "player_workout_loads" WHERE "player_id" = $1
  UNION ALL SELECT 'player_workout_loads.notes', 'emptied', count("notes")::int
  FROM "player_workout_loads" WHERE "player_id" = $1
  UNION ALL SELECT 'player_evaluations', 'emptied', count(*) FILTER (WHERE num_nonnulls("strengths", "areas_to_improve") > 0)::int
  FROM "player_evaluations" WHERE "player_id" = $1
  UNION ALL SELECT 'development_plans.summary', 'emptied', count("summary")::int
  FROM "development_plans" WHERE "player_id" = $1
  UNION ALL SELECT 'development_goals.description', 'emptied', count(g."description")::int
  FROM "development_goals" g JOIN "development_plans" p ON p."id" = g."development_plan_id" WHERE p."player_id" = $1
  UNION ALL SELECT 'exercise_executions.results', 'emptied', count(*) FILTER (WHERE x."results" ? 'notes')::int
  FROM "exercise_executions" x JOIN "workout_executions" e ON e."id" = x."workout_execution_id" WHERE e."player_id" = $1`;

/** How much there is of what is removed with a player. */
export function personalFacts(manager: EntityManager, userId: string): Promise<Fact[]> {
  return manager.query<Fact[]>(FACTS, [userId]);
}

/** What there is less of: measured, so that a receipt tells what was done and not what should have been. */
export function whatChanged(before: readonly Fact[], after: readonly Fact[]): ErasedRows[] {
  return before.map(({ what, action, count }, index) => ({
    what,
    action,
    rows: count - after[index]!.count,
  }));
}
