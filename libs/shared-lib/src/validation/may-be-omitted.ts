import { ValidateIf } from 'class-validator';

/**
 * The field may be left out, and the column's default counts then. Unlike with `IsOptional`, null is a fault:
 * that decorator is for columns that can be null.
 */
export function MayBeOmitted(): PropertyDecorator {
  return ValidateIf((_object, value: unknown) => value !== undefined);
}
