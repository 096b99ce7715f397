import { ProblemException } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';
import type { KnownWorkoutSession } from '../entities/known-workout-session';

/** A team cannot be removed while it has workout sessions, which are the training-service's (409). */
export class TeamHasSessionsError extends ProblemException {
  /** @param sessions some of them: they are named, so that somebody can go and look */
  constructor(sessions: readonly KnownWorkoutSession[]) {
    super(HttpStatus.CONFLICT, {
      code: 'STILL_REFERENCED',
      detail:
        'The team has workout sessions in the training-service. Remove its drafts and cancel what is planned there, and try ' +
        'again a moment later. Sessions that took place are history: then close the team instead (isActive: false).',
      workoutSessions: sessions.map(({ id, title, status }) => ({ id, title, status })),
    });
  }
}
