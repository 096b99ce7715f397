import { applyDecorators, UseInterceptors, type Type } from '@nestjs/common';
import { PaginatedSwaggerDocs, type PaginateConfig } from 'nestjs-paginate';
import { pageQueryFaults } from './page-query-faults';
import { RefuseBadQuery } from './refuse-bad-query';

/**
 * Makes an endpoint a page of a list: documents what nestjs-paginate does with `config`, and refuses a query that
 * `config` does not allow.
 *
 *     @Get()
 *     @PaginatedList(TeamResource, TEAM_LIST)
 *     list(@Paginate() query: PaginateQuery): Promise<Paginated<TeamResource>> {
 */
export function PaginatedList<T>(resource: Type<unknown>, config: PaginateConfig<T>): MethodDecorator {
  return applyDecorators(
    PaginatedSwaggerDocs(resource, config),
    UseInterceptors(new RefuseBadQuery((query) => pageQueryFaults(query, config))),
  );
}
