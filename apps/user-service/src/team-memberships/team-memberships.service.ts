import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { EntityNotFoundError, Repository } from 'typeorm';
import { TeamMembership } from '../entities/team-membership';
import type { CreateTeamMembershipDto } from './dto/create-team-membership.dto';
import { TeamMembershipResource } from './dto/team-membership.resource';
import type { UpdateTeamMembershipDto } from './dto/update-team-membership.dto';
import { TEAM_MEMBERSHIP_LIST } from './team-membership-list';

@Injectable()
export class TeamMembershipsService {
  constructor(@InjectRepository(TeamMembership) private readonly memberships: Repository<TeamMembership>) {}

  async create(membership: CreateTeamMembershipDto): Promise<TeamMembershipResource> {
    const { id } = await this.memberships.save(this.memberships.create({ ...membership }));
    return this.get(id);
  }

  list(query: PaginateQuery): Promise<Paginated<TeamMembershipResource>> {
    return listPage(query, this.memberships, TEAM_MEMBERSHIP_LIST, TeamMembershipResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<TeamMembershipResource> {
    const membership = await this.memberships.findOneOrFail({
      where: { id },
      relations: { user: true, role: true },
    });
    return new TeamMembershipResource(membership);
  }

  /** @throws EntityNotFoundError */
  async update(id: string, changes: UpdateTeamMembershipDto): Promise<TeamMembershipResource> {
    const membership = await this.memberships.findOneByOrFail({ id });
    await this.memberships.save(Object.assign(membership, changes));
    return this.get(id);
  }

  /** @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    const { affected } = await this.memberships.delete(id);
    if (!affected) throw new EntityNotFoundError(TeamMembership, { id });
  }
}
