import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { Team } from '../entities/team';

/** By what teams can be filtered, searched and sorted. */
export const TEAM_LIST: PaginateConfig<Team> = {
  sortableColumns: ['id', 'name', 'season', 'ageGroup', 'createdAt'],
  defaultSortBy: [
    ['season', 'DESC'],
    ['name', 'ASC'],
  ],
  searchableColumns: ['name', 'ageGroup'],
  filterableColumns: {
    organizationId: [FilterOperator.EQ, FilterOperator.IN],
    season: [FilterOperator.EQ, FilterOperator.IN],
    teamType: [FilterOperator.EQ, FilterOperator.IN],
    ageGroup: [FilterOperator.EQ, FilterOperator.IN, FilterOperator.NULL],
    isActive: [FilterOperator.EQ],
  },
};
