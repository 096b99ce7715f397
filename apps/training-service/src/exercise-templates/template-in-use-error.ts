import { ProblemException } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';

/** An exercise template cannot be removed while session templates plan with it. */
export class TemplateInUseError extends ProblemException {
  constructor(sessionTemplates: readonly string[]) {
    super(HttpStatus.CONFLICT, {
      code: 'STILL_REFERENCED',
      detail: `Session templates still plan with this exercise: ${sessionTemplates.join(', ')}.`,
    });
  }
}
