import { ProblemException } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';
import type { WorkoutSessionStatus } from '../entities/workout-session';

export type SessionStateCode =
  'SESSION_CLOSED' | 'SESSION_NOT_OPEN' | 'SESSION_NOT_DRAFT' | 'SESSION_WITHOUT_TIME';

const DETAILS: Readonly<Record<SessionStateCode, (status: WorkoutSessionStatus) => string>> = {
  SESSION_CLOSED: (status) => `The session is ${status}, so its plan cannot change any more.`,
  SESSION_NOT_OPEN: (status) => `The session is ${status}: nobody can carry it out.`,
  SESSION_NOT_DRAFT: (status) => `The session is ${status}; only a draft can be removed. Cancel it instead.`,
  SESSION_WITHOUT_TIME: () => 'Set scheduledAt before the session is scheduled.',
};

/** What is asked for does not go with the state that the session is in (409). */
export class SessionStateError extends ProblemException {
  constructor(code: SessionStateCode, status: WorkoutSessionStatus) {
    super(HttpStatus.CONFLICT, { code, detail: DETAILS[code](status), sessionStatus: status });
  }
}
