import {
  keepNewest,
  keepTombstone,
  OnEvent,
  OnSnapshot,
  TEAM_MEMBERSHIP,
  TEAM_MEMBERSHIP_CREATED,
  TEAM_MEMBERSHIP_DELETED,
  TEAM_MEMBERSHIP_UPDATED,
  type ReceivedEvent,
  type SnapshotItem,
  type TeamMembershipDeleted,
  type TeamMembershipState,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownTeamMembership } from '../entities/known-team-membership';
import { holdPerson } from '../known/hold-person';
import { teamMembershipDeleted } from '../policies/team-membership-deleted';

type Item = Pick<SnapshotItem, 'aggregateId' | 'sequence'>;

/** Keeps `known_team_memberships` as the user-service tells it. */
@Injectable()
export class TeamMembershipEvents {
  @OnEvent(TEAM_MEMBERSHIP_CREATED)
  created(event: ReceivedEvent<TeamMembershipState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(TEAM_MEMBERSHIP_UPDATED)
  updated(event: ReceivedEvent<TeamMembershipState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(TEAM_MEMBERSHIP_DELETED)
  async deleted(event: ReceivedEvent<TeamMembershipDeleted>, manager: EntityManager): Promise<void> {
    const { aggregateId: id, sequence, data } = event;
    await keepTombstone(manager, KnownTeamMembership, { id, sequence, deletedAt: new Date(data.deletedAt) });
    await teamMembershipDeleted(manager, data);
  }

  @OnSnapshot(TEAM_MEMBERSHIP)
  async snapshot(item: SnapshotItem<TeamMembershipState>, manager: EntityManager): Promise<void> {
    if (item.data) return keep(manager, item, item.data);
    const { aggregateId: id, sequence } = item;
    await keepTombstone(manager, KnownTeamMembership, { id, sequence, deletedAt: new Date() });
    const membership = await manager.findOneBy(KnownTeamMembership, { id });
    // A membership that was never known here has allowed nothing.
    if (membership) await teamMembershipDeleted(manager, membership);
  }
}

/** News of somebody who was erased meanwhile would bring back who was in which team. */
async function keep(
  manager: EntityManager,
  { aggregateId: id, sequence }: Item,
  { teamId, userId, joinedAt, leftAt }: TeamMembershipState,
): Promise<void> {
  const { isErased } = await holdPerson(manager, userId);
  if (isErased) return;
  const dates = { joinedAt: new Date(joinedAt), leftAt: leftAt === null ? null : new Date(leftAt) };
  await keepNewest(manager, KnownTeamMembership, {
    ...{ id, sequence, teamId, userId },
    ...dates,
    deletedAt: null,
  });
}
