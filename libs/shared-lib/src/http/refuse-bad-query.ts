import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { ProblemException, type FieldFault } from './problem';

/** Answers 400, with every fault, to a query string in which `faultsOf` finds any. */
export class RefuseBadQuery implements NestInterceptor {
  constructor(private readonly faultsOf: (query: Record<string, unknown>) => readonly FieldFault[]) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query } = context.switchToHttp().getRequest<Request>();
    const errors = this.faultsOf(query);
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
