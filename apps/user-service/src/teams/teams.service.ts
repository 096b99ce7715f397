import { listPage, Outbox, TEAM_CREATED, TEAM_DELETED, TEAM_UPDATED } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { type EntityManager, IsNull, Not, Repository } from 'typeorm';
import { KnownWorkoutSession } from '../entities/known-workout-session';
import { Team } from '../entities/team';
import { holdRow } from '../publishing/hold-row';
import { teamState } from '../publishing/public-states';
import type { CreateTeamDto } from './dto/create-team.dto';
import { TeamResource } from './dto/team.resource';
import type { UpdateTeamDto } from './dto/update-team.dto';
import { TeamHasSessionsError } from './team-has-sessions-error';
import { TEAM_LIST } from './team-list';

/** How many sessions an error names at most. */
const NAMED_SESSIONS = 5;

@Injectable()
export class TeamsService {
  constructor(
    @InjectRepository(Team) private readonly teams: Repository<Team>,
    private readonly outbox: Outbox,
  ) {}

  create(team: CreateTeamDto): Promise<TeamResource> {
    return this.teams.manager.transaction(async (manager) => {
      const created = await manager.save(manager.create(Team, { ...team }));
      await this.outbox.publish(manager, TEAM_CREATED, created.id, teamState(created));
      return new TeamResource(created);
    });
  }

  list(query: PaginateQuery): Promise<Paginated<TeamResource>> {
    return listPage(query, this.teams, TEAM_LIST, TeamResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<TeamResource> {
    return new TeamResource(await this.teams.findOneByOrFail({ id }));
  }

  /** @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated. */
  update(id: string, changes: UpdateTeamDto): Promise<TeamResource> {
    return this.teams.manager.transaction(async (manager) => {
      const team = await holdRow(manager, Team, id);
      const updated = await manager.save(Object.assign(team, changes));
      await this.outbox.publish(manager, TEAM_UPDATED, id, teamState(updated));
      return new TeamResource(updated);
    });
  }

  /**
   * Refused by the database when the team has or had members, and here when it is known to have workout sessions. One
   * that is planned at this very moment is cancelled by the training-service, which hears of the deletion.
   *
   * @throws EntityNotFoundError; TeamHasSessionsError
   */
  async delete(id: string): Promise<void> {
    await this.teams.manager.transaction(async (manager) => {
      await holdRow(manager, Team, id);
      await manager.delete(Team, { id });
      await assertNoSessions(manager, id);
      await this.outbox.publish(manager, TEAM_DELETED, id, { deletedAt: new Date().toISOString() });
    });
  }
}

/** Cancelled sessions did not take place, so nothing would be lost. @throws TeamHasSessionsError */
async function assertNoSessions(manager: EntityManager, teamId: string): Promise<void> {
  const sessions = await manager.find(KnownWorkoutSession, {
    where: { teamId, deletedAt: IsNull(), status: Not('cancelled') },
    order: { id: 'ASC' },
    take: NAMED_SESSIONS,
  });
  if (sessions.length > 0) throw new TeamHasSessionsError(sessions);
}
