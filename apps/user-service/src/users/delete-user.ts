import { TEAM_MEMBERSHIP_DELETED, USER_DELETED, type NewEvent, type Outbox } from '@hockey-hub/shared-lib';
import type { EntityManager } from 'typeorm';
import { TeamMembership } from '../entities/team-membership';
import { User } from '../entities/user';
import { holdRow } from '../publishing/hold-row';

/**
 * Erases a person with their memberships, guardianships and tokens, and tells of all that others know: the database's
 * cascade would take the memberships along without a word.
 *
 * @param manager of a transaction
 * @throws EntityNotFoundError
 */
export async function deleteUser(manager: EntityManager, outbox: Outbox, id: string): Promise<void> {
  // From here on the user gets no new membership: its foreign key would have to lock the row.
  await holdRow(manager, User, id);
  const memberships = await manager.find(TeamMembership, {
    where: { userId: id },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  await manager.delete(User, { id });
  const deletedAt = new Date().toISOString();
  await outbox.publishAll(manager, [
    ...memberships.map(({ id: aggregateId, teamId, userId }): NewEvent => ({
      contract: TEAM_MEMBERSHIP_DELETED,
      aggregateId,
      data: { teamId, userId, deletedAt },
    })),
    { contract: USER_DELETED, aggregateId: id, data: { deletedAt } },
  ]);
}
