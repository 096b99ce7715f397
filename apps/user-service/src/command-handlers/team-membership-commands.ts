import {
  CLOSE_TEAM_MEMBERSHIP,
  ClosedTeamMembership,
  CloseTeamMembership,
  CommandRefusal,
  OnCommand,
  OPEN_TEAM_MEMBERSHIP,
  OpenedTeamMembership,
  OpenTeamMembership,
  Outbox,
  REOPEN_TEAM_MEMBERSHIP,
  ReopenTeamMembership,
  TEAM_MEMBERSHIP_CREATED,
  TEAM_MEMBERSHIP_UPDATED,
  type CommandContext,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Role } from '../entities/role';
import { Team } from '../entities/team';
import { PlayerPosition, TeamMembership } from '../entities/team-membership';
import { User } from '../entities/user';
import { teamMembershipState } from '../publishing/public-states';
import { openMembership, WITHOUT_END } from './open-membership';

const PLAYER = 'player';
const SHARED = { mode: 'pessimistic_read' } as const;
const EXCLUSIVE = { mode: 'pessimistic_write' } as const;

/** Ends and begins memberships for a transfer. */
@Injectable()
export class TeamMembershipCommands {
  constructor(private readonly outbox: Outbox) {}

  @OnCommand(CLOSE_TEAM_MEMBERSHIP)
  async close(request: CloseTeamMembership, manager: EntityManager): Promise<ClosedTeamMembership> {
    const { userId, teamId } = request;
    const leftAt = new Date(request.leftAt);
    const membership = await manager.findOne(TeamMembership, {
      where: openMembership({ userId, teamId }, leftAt),
      order: { joinedAt: 'DESC' },
      lock: EXCLUSIVE,
    });
    if (!membership || membership.joinedAt > leftAt) {
      throw new CommandRefusal('NOT_IN_TEAM', `the player ${userId} is not in the team ${teamId}`);
    }
    const { id, roleId, position, leftAt: previousLeftAt } = membership;
    const role = await manager.findOneByOrFail(Role, { id: roleId });
    if (role.name !== PLAYER) {
      throw new CommandRefusal(
        'NOT_A_PLAYER',
        `${userId} is in the team ${teamId} as ${role.name}, and not as a player`,
      );
    }
    await this.save(manager, Object.assign(membership, { leftAt }));
    return { membershipId: id, roleId, position, previousLeftAt: previousLeftAt?.toISOString() ?? null };
  }

  @OnCommand(REOPEN_TEAM_MEMBERSHIP)
  async reopen(
    _request: ReopenTeamMembership,
    manager: EntityManager,
    { undone }: CommandContext<ClosedTeamMembership>,
  ): Promise<void> {
    const { membershipId: id, previousLeftAt } = undone;
    const membership = await manager.findOne(TeamMembership, { where: { id }, lock: EXCLUSIVE });
    // Somebody removed it since, or the whole person: there is nothing to give back.
    if (!membership) return;
    const { userId, teamId } = membership;
    if (await manager.existsBy(TeamMembership, { userId, teamId, ...WITHOUT_END })) {
      throw new CommandRefusal(
        'ALREADY_IN_TEAM',
        `the player ${userId} was added to the team ${teamId} meanwhile`,
      );
    }
    const leftAt = previousLeftAt === null ? null : new Date(previousLeftAt);
    await this.save(manager, Object.assign(membership, { leftAt }));
  }

  @OnCommand(OPEN_TEAM_MEMBERSHIP)
  async open(request: OpenTeamMembership, manager: EntityManager): Promise<OpenedTeamMembership> {
    const { userId, teamId, roleId, jerseyNumber, position } = request;
    const joinedAt = new Date(request.joinedAt);
    const user = await manager.findOne(User, { where: { id: userId }, lock: SHARED });
    if (!user) throw new CommandRefusal('PLAYER_NOT_FOUND', `there is no user ${userId}`);
    const team = await manager.findOne(Team, { where: { id: teamId }, lock: SHARED });
    if (!team) throw new CommandRefusal('TEAM_NOT_FOUND', `there is no team ${teamId}`);
    if (!team.isActive) throw new CommandRefusal('TEAM_OVER', `the team ${teamId} is over`);
    if (await manager.exists(TeamMembership, { where: openMembership({ userId, teamId }, joinedAt) })) {
      throw new CommandRefusal('ALREADY_IN_TEAM', `the player ${userId} is in the team ${teamId} already`);
    }
    const created = await manager.save(
      manager.create(TeamMembership, {
        ...{ userId, teamId, roleId, jerseyNumber, joinedAt },
        position: position as PlayerPosition | null,
      }),
    );
    await this.outbox.publish(manager, TEAM_MEMBERSHIP_CREATED, created.id, teamMembershipState(created));
    return { membershipId: created.id };
  }

  private async save(manager: EntityManager, membership: TeamMembership): Promise<void> {
    const { id } = await manager.save(membership);
    await this.outbox.publish(manager, TEAM_MEMBERSHIP_UPDATED, id, teamMembershipState(membership));
  }
}
