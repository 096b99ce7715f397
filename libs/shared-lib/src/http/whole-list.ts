import { applyDecorators, UseInterceptors, type Type } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { RefuseBadQuery } from './refuse-bad-query';
import { unknownParameter } from './unknown-parameter';

/**
 * Makes an endpoint a short list that is always given whole: documents it, and refuses every query parameter, so that
 * nobody takes all rows for filtered ones.
 *
 *     @Get()
 *     @WholeList(RoleResource)
 *     list(): Promise<RoleResource[]> {
 */
export function WholeList(resource: Type<unknown>): MethodDecorator {
  return applyDecorators(
    ApiOkResponse({ type: [resource] }),
    UseInterceptors(new RefuseBadQuery((query) => Object.keys(query).map(unknownParameter))),
  );
}
