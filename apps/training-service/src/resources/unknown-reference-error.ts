import { ProblemException } from '@hockey-hub/shared-lib';
import { HttpStatus } from '@nestjs/common';

/** A request refers to rows that do not exist, or not where they are needed. */
export class UnknownReferenceError extends ProblemException {
  /**
   * @param field path of the value in the request
   * @param detail what is missing, as a sentence
   */
  constructor(field: string, detail: string) {
    super(HttpStatus.UNPROCESSABLE_ENTITY, {
      code: 'REFERENCE_NOT_FOUND',
      detail,
      errors: [{ field, detail }],
    });
  }
}
