import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { Organization } from '../entities/organization';

/** By what clubs can be filtered, searched and sorted. */
export const ORGANIZATION_LIST: PaginateConfig<Organization> = {
  sortableColumns: ['id', 'name', 'subdomain', 'createdAt', 'subscriptionExpiresAt'],
  defaultSortBy: [['name', 'ASC']],
  searchableColumns: ['name', 'subdomain'],
  filterableColumns: {
    subdomain: [FilterOperator.EQ, FilterOperator.IN],
    subscriptionTier: [FilterOperator.EQ, FilterOperator.IN],
    subscriptionExpiresAt: [FilterOperator.LT, FilterOperator.GTE, FilterOperator.NULL],
    isActive: [FilterOperator.EQ],
  },
};
