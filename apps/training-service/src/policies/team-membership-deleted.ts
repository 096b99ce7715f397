import { type EntityManager, Raw } from 'typeorm';
import { KnownTeamMembership } from '../entities/known-team-membership';
import { openMembership } from '../known/hold-membership';
import { cancelOpenWork } from '../workout-sessions/cancel-open-work';

/**
 * What becomes of the work of somebody who never was in a team: what they were still to do in the team's sessions is
 * cancelled, unless another membership says that they are in it.
 *
 * A membership that ends (`left_at`) changes nothing: it may end in the future, may be opened again, and a transfer moves
 * the open assignments to the new team's sessions. Only new ones are refused.
 */
export async function teamMembershipDeleted(
  manager: EntityManager,
  { userId, teamId }: { readonly userId: string; readonly teamId: string },
): Promise<void> {
  if (await manager.existsBy(KnownTeamMembership, openMembership(userId, teamId))) return;
  await cancelOpenWork(manager, {
    playerId: userId,
    workoutSessionId: Raw(
      (column) => `${column} IN (SELECT "id" FROM "workout_sessions" WHERE "team_id" = :teamId)`,
      { teamId },
    ),
  });
}
