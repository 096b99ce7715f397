import { FilterOperator, type PaginateConfig } from 'nestjs-paginate';
import type { User } from '../entities/user';

/** By what users can be filtered, searched and sorted. */
export const USER_LIST: PaginateConfig<User> = {
  sortableColumns: ['id', 'lastName', 'firstName', 'email', 'dateOfBirth', 'createdAt', 'lastLoginAt'],
  defaultSortBy: [
    ['lastName', 'ASC'],
    ['firstName', 'ASC'],
  ],
  searchableColumns: ['firstName', 'lastName', 'email'],
  filterableColumns: {
    email: [FilterOperator.EQ],
    dateOfBirth: [FilterOperator.GTE, FilterOperator.LTE],
    handedness: [FilterOperator.EQ, FilterOperator.IN, FilterOperator.NULL],
    isActive: [FilterOperator.EQ],
    emailVerified: [FilterOperator.EQ],
  },
};
