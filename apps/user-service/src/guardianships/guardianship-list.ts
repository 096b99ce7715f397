import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { Guardianship } from '../entities/guardianship';

/** By what guardianships can be filtered and sorted. */
export const GUARDIANSHIP_LIST: PaginateConfig<Guardianship> = {
  relations: { parent: true, child: true },
  sortableColumns: ['id', 'createdAt', 'parent.lastName', 'child.lastName'],
  defaultSortBy: [['createdAt', 'DESC']],
  filterableColumns: {
    parentId: [FilterOperator.EQ, FilterOperator.IN],
    childId: [FilterOperator.EQ, FilterOperator.IN],
    relationship: [FilterOperator.EQ, FilterOperator.IN],
    isPrimaryContact: [FilterOperator.EQ],
  },
};
