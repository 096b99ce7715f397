import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { databaseProblem } from './database-problem';
import { problem, ProblemException, type Problem } from './problem';

/**
 * The problem that answers a request which failed with `error`; `method` is that of the request.
 *
 * What nobody expected is a 500 that says nothing about the inside.
 */
export function toProblem(error: unknown, method: string): Problem {
  if (error instanceof ProblemException) return problem(error.getStatus(), error.init);
  if (error instanceof HttpException) return httpProblem(error);
  if (typeof error === 'object' && error !== null) {
    const known = databaseProblem(error, method) ?? middlewareProblem(error);
    if (known) return known;
  }
  return problem(500, {
    code: 'INTERNAL_ERROR',
    detail: 'The request failed. The request id finds it in the logs.',
  });
}

function httpProblem(exception: HttpException): Problem {
  const status = exception.getStatus();
  const code = codeOf(status);
  if (status >= 500 && status !== 503) return problem(status, { code });
  const body = exception.getResponse();
  const message = typeof body === 'string' ? body : (body as { message?: unknown }).message;
  if (Array.isArray(message)) {
    return problem(status, {
      code,
      errors: message.map((detail) => ({ field: '', detail: String(detail) })),
    });
  }
  return problem(status, { code, detail: typeof message === 'string' ? message : exception.message });
}

/** Errors of Express middleware (a body too large, JSON that does not parse) carry a status and may be shown. */
function middlewareProblem(error: {
  status?: unknown;
  expose?: unknown;
  message?: unknown;
}): Problem | undefined {
  const { status, expose, message } = error;
  if (typeof status !== 'number' || expose !== true || status < 400 || status > 499) return undefined;
  return problem(status, { code: codeOf(status), detail: String(message) });
}

/** 404 -> `NOT_FOUND`: the status' own name, for problems that have no narrower one. */
function codeOf(status: number): string {
  return (STATUS_CODES[status] ?? `HTTP ${status}`).replace(/[^a-z0-9]+/gi, '_').toUpperCase();
}
