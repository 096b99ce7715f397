import type { EntityManager } from 'typeorm';
import { DevelopmentGoal } from '../entities/development-goal';
import { DevelopmentPlan } from '../entities/development-plan';
import { PlayerEvaluation } from '../entities/player-evaluation';
import { PlayerWorkoutLoad } from '../entities/player-workout-load';
import { cancelOpenWork } from '../workout-sessions/cancel-open-work';
import { WORKOUT_SESSION_LIFECYCLE } from '../workout-sessions/workout-session-lifecycle';
import { cancelPlans } from './cancel-plans';

/**
 * What becomes of the training of a player who is gone: what was still to be done is cancelled, what was done is kept as
 * numbers, and what somebody wrote about the person is removed. Rows that only name somebody (as coach, evaluator or who
 * planned a session) stay as they are and point to the tombstone.
 *
 * Does the same however often it is done.
 */
export async function userDeleted(manager: EntityManager, userId: string): Promise<void> {
  await cancelOpenWork(manager, { playerId: userId });
  await removeLoads(manager, userId);
  await closePlans(manager, userId);
  await manager.update(PlayerEvaluation, { playerId: userId }, { strengths: null, areasToImprove: null });
  await manager.query(
    `UPDATE "exercise_executions" SET "results" = "results" - 'notes', "updated_at" = now()
      WHERE "results" ? 'notes' AND "workout_execution_id" IN
        (SELECT "id" FROM "workout_executions" WHERE "player_id" = $1)`,
    [userId],
  );
}

/** How a session that is still to come was adapted is of no use any more; why it was (an injury, say) is nobody's business. */
async function removeLoads(manager: EntityManager, playerId: string): Promise<void> {
  await manager
    .createQueryBuilder()
    .delete()
    .from(PlayerWorkoutLoad)
    .where({ playerId })
    .andWhere(
      `"workout_session_id" IN (SELECT "id" FROM "workout_sessions" WHERE "status"::text <> ALL (:over))`,
      { over: WORKOUT_SESSION_LIFECYCLE.finals },
    )
    .execute();
  await manager.update(PlayerWorkoutLoad, { playerId }, { notes: null });
}

async function closePlans(manager: EntityManager, playerId: string): Promise<void> {
  await cancelPlans(manager, { playerId });
  await manager.update(DevelopmentPlan, { playerId }, { summary: null });
  await manager
    .createQueryBuilder()
    .update(DevelopmentGoal)
    .set({ description: null })
    .where(`"development_plan_id" IN (SELECT "id" FROM "development_plans" WHERE "player_id" = :playerId)`, {
      playerId,
    })
    .execute();
}
