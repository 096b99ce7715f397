import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { ExerciseTemplate } from '../entities/exercise-template';

/** By what exercise templates can be filtered, searched and sorted. */
export const EXERCISE_TEMPLATE_LIST: PaginateConfig<ExerciseTemplate> = {
  sortableColumns: ['id', 'name', 'category', 'createdAt', 'updatedAt'],
  defaultSortBy: [
    ['name', 'ASC'],
    ['id', 'ASC'],
  ],
  searchableColumns: ['name', 'instructions'],
  filterableColumns: {
    organizationId: [FilterOperator.EQ, FilterOperator.IN],
    category: [FilterOperator.EQ, FilterOperator.IN],
    muscleGroups: [FilterOperator.CONTAINS],
    equipment: [FilterOperator.CONTAINS],
  },
};
