import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { PlayerWorkoutLoad } from '../entities/player-workout-load';

/** By what player loads can be filtered, searched and sorted. */
export const PLAYER_WORKOUT_LOAD_LIST: PaginateConfig<PlayerWorkoutLoad> = {
  sortableColumns: ['id', 'loadFactor', 'createdAt', 'updatedAt'],
  defaultSortBy: [
    ['createdAt', 'DESC'],
    ['id', 'DESC'],
  ],
  searchableColumns: ['notes'],
  filterableColumns: {
    workoutSessionId: [FilterOperator.EQ, FilterOperator.IN],
    playerId: [FilterOperator.EQ, FilterOperator.IN],
    loadFactor: [FilterOperator.EQ, FilterOperator.LT, FilterOperator.GTE],
  },
};
