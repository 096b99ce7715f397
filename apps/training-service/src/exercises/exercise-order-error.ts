import { ProblemException } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';

const PROBLEMS = {
  EXERCISES_CHANGED: [
    HttpStatus.CONFLICT,
    'The list does not name exactly the exercises that the session has.',
  ],
  TOO_MANY_EXERCISES: [HttpStatus.CONFLICT, 'The session has as many exercises as it can.'],
  POSITION_OUT_OF_RANGE: [
    HttpStatus.UNPROCESSABLE_ENTITY,
    'The position would leave a gap after the last exercise.',
  ],
} as const;

/** A session's exercises cannot be put in that order. */
export class ExerciseOrderError extends ProblemException {
  constructor(code: keyof typeof PROBLEMS) {
    const [status, detail] = PROBLEMS[code];
    super(status, { code, detail });
  }
}
