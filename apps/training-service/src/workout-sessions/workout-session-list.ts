import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { WorkoutSession } from '../entities/workout-session';

/** By what sessions can be filtered, searched and sorted; `filter.scheduledAt=$btw:from,to` is a calendar. */
export const WORKOUT_SESSION_LIST: PaginateConfig<WorkoutSession> = {
  sortableColumns: ['id', 'title', 'type', 'status', 'scheduledAt', 'durationMinutes', 'createdAt'],
  nullSort: 'last',
  defaultSortBy: [
    ['scheduledAt', 'DESC'],
    ['id', 'ASC'],
  ],
  searchableColumns: ['title', 'location'],
  filterableColumns: {
    teamId: [FilterOperator.EQ, FilterOperator.IN],
    createdBy: [FilterOperator.EQ, FilterOperator.IN],
    type: [FilterOperator.EQ, FilterOperator.IN],
    status: [FilterOperator.EQ, FilterOperator.IN],
    scheduledAt: [FilterOperator.GTE, FilterOperator.LT, FilterOperator.BTW, FilterOperator.NULL],
  },
};
