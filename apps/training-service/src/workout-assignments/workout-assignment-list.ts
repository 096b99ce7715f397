import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { WorkoutAssignment } from '../entities/workout-assignment';

/** By what assignments can be filtered and sorted. */
export const WORKOUT_ASSIGNMENT_LIST: PaginateConfig<WorkoutAssignment> = {
  sortableColumns: ['id', 'dueAt', 'status', 'createdAt'],
  nullSort: 'last',
  defaultSortBy: [
    ['dueAt', 'ASC'],
    ['id', 'ASC'],
  ],
  filterableColumns: {
    workoutSessionId: [FilterOperator.EQ, FilterOperator.IN],
    playerId: [FilterOperator.EQ, FilterOperator.IN],
    teamId: [FilterOperator.EQ, FilterOperator.IN],
    status: [FilterOperator.EQ, FilterOperator.IN],
    dueAt: [FilterOperator.GTE, FilterOperator.LT, FilterOperator.BTW, FilterOperator.NULL],
  },
};
