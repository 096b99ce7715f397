import {
  applyDecorators,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import type { Request } from 'express';
import { PaginatedSwaggerDocs, type PaginateConfig } from 'nestjs-paginate';
import type { Observable } from 'rxjs';
import { pageQueryFaults } from './page-query-faults';
import { ProblemException } from './problem';

/** Answers 400, with every fault, to a query string that a list does not understand. */
class RefuseBadPageQuery<T> implements NestInterceptor {
  constructor(private readonly config: PaginateConfig<T>) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query } = context.switchToHttp().getRequest<Request>();
    const errors = pageQueryFaults(query, this.config);
    if (errors.length > 0) {
      throw new ProblemException(400, {
        code: 'VALIDATION_FAILED',
        title: 'Validation failed',
        detail: 'The query string has faults.',
        errors,
      });
    }
    return next.handle();
  }
}

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
    UseInterceptors(new RefuseBadPageQuery(config)),
  );
}
