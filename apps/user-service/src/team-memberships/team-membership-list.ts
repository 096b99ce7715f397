import { FilterOperator, FilterSuffix, type PaginateConfig } from 'nestjs-paginate';
import type { TeamMembership } from '../entities/team-membership';

/** By what team memberships can be filtered, searched and sorted; `filter.leftAt=$null` is today's roster. */
export const TEAM_MEMBERSHIP_LIST: PaginateConfig<TeamMembership> = {
  relations: { user: true, role: true },
  sortableColumns: [
    'id',
    'joinedAt',
    'leftAt',
    'jerseyNumber',
    'user.lastName',
    'user.firstName',
    'role.name',
  ],
  defaultSortBy: [['joinedAt', 'DESC']],
  searchableColumns: ['user.firstName', 'user.lastName'],
  filterableColumns: {
    teamId: [FilterOperator.EQ, FilterOperator.IN],
    userId: [FilterOperator.EQ, FilterOperator.IN],
    roleId: [FilterOperator.EQ, FilterOperator.IN],
    'role.name': [FilterOperator.EQ, FilterOperator.IN],
    position: [FilterOperator.EQ, FilterOperator.IN, FilterOperator.NULL],
    jerseyNumber: [FilterOperator.EQ],
    leftAt: [FilterOperator.NULL, FilterSuffix.NOT, FilterOperator.LT, FilterOperator.GTE],
  },
};
