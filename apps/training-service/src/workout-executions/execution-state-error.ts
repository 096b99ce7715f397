import { ProblemException } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';
import type { WorkoutExecutionStatus } from '../entities/workout-execution';

const DETAILS = {
  EXECUTION_NOT_STARTED: 'there is nothing to record.',
  EXECUTION_CARRIED_OUT: 'what a player has done is not removed.',
};

/** What is asked for does not go with the state that the execution is in (409). */
export class ExecutionStateError extends ProblemException {
  constructor(code: keyof typeof DETAILS, status: WorkoutExecutionStatus) {
    super(HttpStatus.CONFLICT, {
      code,
      detail: `The execution is ${status}: ${DETAILS[code]}`,
      executionStatus: status,
    });
  }
}
