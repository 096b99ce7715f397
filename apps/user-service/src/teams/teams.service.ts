import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { EntityNotFoundError, Repository } from 'typeorm';
import { Team } from '../entities/team';
import type { CreateTeamDto } from './dto/create-team.dto';
import { TeamResource } from './dto/team.resource';
import type { UpdateTeamDto } from './dto/update-team.dto';
import { TEAM_LIST } from './team-list';

@Injectable()
export class TeamsService {
  constructor(@InjectRepository(Team) private readonly teams: Repository<Team>) {}

  async create(team: CreateTeamDto): Promise<TeamResource> {
    const created = this.teams.create({ ...team });
    return new TeamResource(await this.teams.save(created));
  }

  list(query: PaginateQuery): Promise<Paginated<TeamResource>> {
    return listPage(query, this.teams, TEAM_LIST, TeamResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<TeamResource> {
    return new TeamResource(await this.teams.findOneByOrFail({ id }));
  }

  /** @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated. */
  async update(id: string, changes: UpdateTeamDto): Promise<TeamResource> {
    const team = await this.teams.findOneByOrFail({ id });
    return new TeamResource(await this.teams.save(Object.assign(team, changes)));
  }

  /** Refused by the database when the team has or had members. @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    const { affected } = await this.teams.delete(id);
    if (!affected) throw new EntityNotFoundError(Team, { id });
  }
}
