import { ProblemException, type FieldFault } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';

/** How long an event usually takes at the very most. */
const EVENT_SECONDS = 1;

export interface NotKnownInit {
  readonly code: 'REFERENCE_NOT_FOUND' | 'PLAYER_NOT_IN_TEAM';
  readonly faults: readonly FieldFault[];
  /** Whether an event that is still on its way may change the answer. */
  readonly mayArrive: boolean;
}

/** A request needs something of the user-service's that this service has not heard of, or has heard the end of (422). */
export class NotKnownError extends ProblemException {
  /** What `Retry-After` says; undefined when a repetition would be refused as well. */
  readonly retryAfterSeconds: number | undefined;

  constructor({ code, faults, mayArrive }: NotKnownInit) {
    super(HttpStatus.UNPROCESSABLE_ENTITY, {
      code,
      detail: faults.map(({ detail }) => detail).join(' '),
      errors: faults,
    });
    this.retryAfterSeconds = mayArrive ? EVENT_SECONDS : undefined;
  }
}
