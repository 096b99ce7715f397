import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { catchError, type Observable } from 'rxjs';
import { NotKnownError } from './not-known-error';

/** Tells clients when to ask again for what an event on its way may allow. https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
@Injectable()
export class RetryAfterInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (error instanceof NotKnownError && error.retryAfterSeconds !== undefined) {
          context.switchToHttp().getResponse<Response>().set('Retry-After', String(error.retryAfterSeconds));
        }
        throw error;
      }),
    );
  }
}
