import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ProblemException, type FieldFault } from './problem';

/**
 * Turns requests into DTOs and refuses what does not fit: every fault of a request in one answer, fields that a DTO
 * does not name included. Values are converted only where a DTO says so (`@Type`).
 */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    // Without it a list where a DTO is expected passes unchecked.
    forbidUnknownValues: true,
    exceptionFactory: (errors) =>
      new ProblemException(400, {
        code: 'VALIDATION_FAILED',
        title: 'Validation failed',
        detail: 'The request has faults; none of it was carried out.',
        errors: fieldFaults(errors),
      }),
  });
}

/** Every fault, nested objects and lists included, with its path from the root of the request. */
export function fieldFaults(errors: readonly ValidationError[], parent = ''): FieldFault[] {
  return errors.flatMap(({ property, constraints = {}, children }) => {
    const field = [parent, property].filter(Boolean).join('.');
    const own = Object.entries(constraints).map(([name, detail]) =>
      name === 'unknownValue'
        ? { field, detail: 'must be an object of the expected kind' }
        : { field, detail },
    );
    return [...own, ...fieldFaults(children ?? [], field)];
  });
}
