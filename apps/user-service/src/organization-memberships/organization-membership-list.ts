import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { OrganizationMembership } from '../entities/organization-membership';

/** By what club memberships can be filtered, searched and sorted. */
export const ORGANIZATION_MEMBERSHIP_LIST: PaginateConfig<OrganizationMembership> = {
  relations: { user: true, role: true },
  sortableColumns: ['id', 'joinedAt', 'user.lastName', 'user.firstName', 'role.name'],
  defaultSortBy: [['joinedAt', 'DESC']],
  searchableColumns: ['user.firstName', 'user.lastName'],
  filterableColumns: {
    organizationId: [FilterOperator.EQ, FilterOperator.IN],
    userId: [FilterOperator.EQ, FilterOperator.IN],
    roleId: [FilterOperator.EQ, FilterOperator.IN],
    'role.name': [FilterOperator.EQ, FilterOperator.IN],
    isActive: [FilterOperator.EQ],
  },
};
