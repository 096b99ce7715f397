import { ProblemException } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';

/** A status may not follow the present one. */
export class IllegalTransitionError extends ProblemException {
  constructor(subject: string, from: string, to: string, allowed: readonly string[]) {
    const next = allowed.length > 0 ? `only ${allowed.join(' or ')}` : 'nothing';
    super(HttpStatus.CONFLICT, {
      code: 'ILLEGAL_STATUS_TRANSITION',
      detail: `A ${subject} that is ${from} cannot become ${to}: ${next} may follow.`,
      from,
      to,
      allowed,
    });
  }
}
