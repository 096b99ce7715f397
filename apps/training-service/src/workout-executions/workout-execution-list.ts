import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { WorkoutExecution } from '../entities/workout-execution';

/** By what executions can be filtered and sorted. */
export const WORKOUT_EXECUTION_LIST: PaginateConfig<WorkoutExecution> = {
  sortableColumns: ['id', 'status', 'startedAt', 'completedAt', 'createdAt'],
  nullSort: 'last',
  defaultSortBy: [
    ['createdAt', 'DESC'],
    ['id', 'DESC'],
  ],
  filterableColumns: {
    workoutSessionId: [FilterOperator.EQ, FilterOperator.IN],
    playerId: [FilterOperator.EQ, FilterOperator.IN],
    status: [FilterOperator.EQ, FilterOperator.IN],
    startedAt: [FilterOperator.GTE, FilterOperator.LT, FilterOperator.BTW, FilterOperator.NULL],
    completedAt: [FilterOperator.GTE, FilterOperator.LT, FilterOperator.BTW, FilterOperator.NULL],
  },
};
