/** What this service answers when another one asks for all that it may know: the state of every row, page by page. */
import {
  ORGANIZATION,
  SnapshotOf,
  TEAM,
  TEAM_MEMBERSHIP,
  USER,
  type BaseEntity,
  type OrganizationState,
  type SnapshotQuery,
  type SnapshotRow,
  type TeamMembershipState,
  type TeamState,
  type UserState,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Organization } from '../entities/organization';
import { Team } from '../entities/team';
import { TeamMembership } from '../entities/team-membership';
import { User } from '../entities/user';
import { organizationState, teamMembershipState, teamState, userState } from '../publishing/public-states';

@Injectable()
export class Snapshots {
  @SnapshotOf(ORGANIZATION)
  organizations(manager: EntityManager, query: SnapshotQuery): Promise<SnapshotRow<OrganizationState>[]> {
    return read(manager, Organization, query, organizationState);
  }

  @SnapshotOf(TEAM)
  teams(manager: EntityManager, query: SnapshotQuery): Promise<SnapshotRow<TeamState>[]> {
    return read(manager, Team, query, teamState);
  }

  @SnapshotOf(USER)
  users(manager: EntityManager, query: SnapshotQuery): Promise<SnapshotRow<UserState>[]> {
    return read(manager, User, query, userState);
  }

  @SnapshotOf(TEAM_MEMBERSHIP)
  teamMemberships(manager: EntityManager, query: SnapshotQuery): Promise<SnapshotRow<TeamMembershipState>[]> {
    return read(manager, TeamMembership, query, teamMembershipState);
  }
}

async function read<Row extends BaseEntity, State extends object>(
  manager: EntityManager,
  entity: new () => Row,
  { after, ids, limit }: SnapshotQuery,
  stateOf: (row: Row) => State,
): Promise<SnapshotRow<State>[]> {
  const query = manager.createQueryBuilder(entity, 'row').orderBy('row.id', 'ASC').limit(limit);
  if (after !== undefined) query.andWhere('row.id > :after', { after });
  if (ids !== undefined) query.andWhere('row.id = ANY (:ids)', { ids });
  const rows = await query.getMany();
  return rows.map((row) => ({ aggregateId: row.id, data: stateOf(row) }));
}
