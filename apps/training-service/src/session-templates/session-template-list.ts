import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { SessionTemplate } from '../entities/session-template';

/** By what session templates can be filtered, searched and sorted. */
export const SESSION_TEMPLATE_LIST: PaginateConfig<SessionTemplate> = {
  sortableColumns: ['id', 'name', 'category', 'difficulty', 'createdAt', 'updatedAt'],
  defaultSortBy: [
    ['name', 'ASC'],
    ['id', 'ASC'],
  ],
  searchableColumns: ['name'],
  filterableColumns: {
    organizationId: [FilterOperator.EQ, FilterOperator.IN],
    category: [FilterOperator.EQ, FilterOperator.IN],
    difficulty: [FilterOperator.EQ, FilterOperator.IN],
  },
};
