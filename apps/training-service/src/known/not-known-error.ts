import { ProblemException, type FieldFault } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';

/** When it is worth asking again: an event usually takes a fraction of it. */
const RETRY_AFTER_SECONDS = 1;

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
    this.retryAfterSeconds = mayArrive ? RETRY_AFTER_SECONDS : undefined;
  }
}
