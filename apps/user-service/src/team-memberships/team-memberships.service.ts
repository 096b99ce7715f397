import {
  listPage,
  Outbox,
  TEAM_MEMBERSHIP_CREATED,
  TEAM_MEMBERSHIP_DELETED,
  TEAM_MEMBERSHIP_UPDATED,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { type EntityManager, Repository } from 'typeorm';
import { TeamMembership } from '../entities/team-membership';
import { holdRow } from '../publishing/hold-row';
import { teamMembershipState } from '../publishing/public-states';
import type { CreateTeamMembershipDto } from './dto/create-team-membership.dto';
import { TeamMembershipResource } from './dto/team-membership.resource';
import type { UpdateTeamMembershipDto } from './dto/update-team-membership.dto';
import { TEAM_MEMBERSHIP_LIST } from './team-membership-list';

@Injectable()
export class TeamMembershipsService {
  constructor(
    @InjectRepository(TeamMembership) private readonly memberships: Repository<TeamMembership>,
    private readonly outbox: Outbox,
  ) {}

  create(membership: CreateTeamMembershipDto): Promise<TeamMembershipResource> {
    return this.memberships.manager.transaction(async (manager) => {
      const created = await manager.save(manager.create(TeamMembership, { ...membership }));
      await this.outbox.publish(manager, TEAM_MEMBERSHIP_CREATED, created.id, teamMembershipState(created));
      return show(manager, created.id);
    });
  }

  list(query: PaginateQuery): Promise<Paginated<TeamMembershipResource>> {
    return listPage(query, this.memberships, TEAM_MEMBERSHIP_LIST, TeamMembershipResource);
  }

  /** @throws EntityNotFoundError */
  get(id: string): Promise<TeamMembershipResource> {
    return show(this.memberships.manager, id);
  }

  /** @throws EntityNotFoundError */
  update(id: string, changes: UpdateTeamMembershipDto): Promise<TeamMembershipResource> {
    return this.memberships.manager.transaction(async (manager) => {
      const membership = await holdRow(manager, TeamMembership, id);
      const updated = await manager.save(Object.assign(membership, changes));
      await this.outbox.publish(manager, TEAM_MEMBERSHIP_UPDATED, id, teamMembershipState(updated));
      return show(manager, id);
    });
  }

  /** @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    await this.memberships.manager.transaction(async (manager) => {
      const { teamId, userId } = await holdRow(manager, TeamMembership, id);
      await manager.delete(TeamMembership, { id });
      const deleted = { teamId, userId, deletedAt: new Date().toISOString() };
      await this.outbox.publish(manager, TEAM_MEMBERSHIP_DELETED, id, deleted);
    });
  }
}

async function show(manager: EntityManager, id: string): Promise<TeamMembershipResource> {
  const membership = await manager.findOneOrFail(TeamMembership, {
    where: { id },
    relations: { user: true, role: true },
  });
  return new TeamMembershipResource(membership);
}
