import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { toProblem } from './to-problem';

const PROBLEM_TYPE = 'application/problem+json';

/** Answers every failed request with application/problem+json, and leaves the error to the request's log line. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { status, ...problem } = toProblem(error, request.method);
    if (status >= 500) response.err = error instanceof Error ? error : new Error(String(error));
    if (response.headersSent) {
      // Half an answer is out: the only honest end is a broken connection.
      response.destroy();
      return;
    }
    response
      .status(status)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify({ ...problem, status, instance: request.path, requestId: request.id }));
  }
}
