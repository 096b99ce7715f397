import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';

/** One fault of a request, where several are reported at once. */
export interface FieldFault {
  /** Path of the value, for example `email` or `exercises.0.reps`. */
  readonly field: string;
  /** What is wrong with it. Never the value. */
  readonly detail: string;
}

/** A problem as RFC 9457 defines it; what every failed request answers, as application/problem+json. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Stable name of this kind of problem, for programs: `NOT_FOUND`, `VALIDATION_FAILED`, ... */
  readonly code: string;
  readonly detail?: string;
  /** Every fault of the request, where it has several. */
  readonly errors?: readonly FieldFault[];
  /** Members of a particular kind of problem. */
  readonly [extension: string]: unknown;
}

/** What is said about a problem; `type` and `title` follow from the status unless given. */
export interface ProblemInit {
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
  readonly [extension: string]: unknown;
}

/** Builds a problem document. Status is an HTTP status code. */
export function problem(status: number, init: ProblemInit): Problem {
  const { code, title, ...rest } = init;
  return { type: 'about:blank', title: title ?? STATUS_CODES[status] ?? 'Error', status, code, ...rest };
}

/**
 * Ends a request with a problem of a service's own:
 *
 *     throw new ProblemException(409, { code: 'TEAM_FULL', detail: 'The team has 25 players already.' });
 */
export class ProblemException extends HttpException {
  readonly code: string;

  constructor(
    status: number,
    readonly init: ProblemInit,
    options?: ErrorOptions,
  ) {
    super(problem(status, init), status, options);
    this.code = init.code;
    this.message = init.detail ?? init.title ?? init.code;
  }
}
