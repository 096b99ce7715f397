import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { KnownTeamMembership } from '../entities/known-team-membership';
import { NotKnownError } from './not-known-error';

/** The memberships of `userId` in `teamId` that have not ended; one that ends in the future has not. */
export function openMembership(userId: string, teamId: string) {
  const open = { userId, teamId, deletedAt: IsNull() };
  return [
    { ...open, leftAt: IsNull() },
    { ...open, leftAt: MoreThan(new Date()) },
  ];
}

/**
 * Makes sure that a player is a member of a team, and that the membership does not end until the transaction does.
 *
 * @throws NotKnownError
 */
export async function holdMembership(
  manager: EntityManager,
  { playerId, teamId }: { readonly playerId: string; readonly teamId: string },
): Promise<void> {
  const membership = await manager.findOne(KnownTeamMembership, {
    where: openMembership(playerId, teamId),
    lock: { mode: 'pessimistic_read' },
  });
  if (membership) return;
  const detail =
    `The player ${playerId} is not in the session's team ${teamId}, as far as is known here. Add the player to the team ` +
    'first; right after that the news may still be on its way: then try again.';
  throw new NotKnownError({
    code: 'PLAYER_NOT_IN_TEAM',
    faults: [{ field: 'playerId', detail }],
    mayArrive: true,
  });
}
