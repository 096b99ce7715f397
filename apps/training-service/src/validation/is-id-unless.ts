import { isUUID, ValidateBy, type ValidationArguments } from 'class-validator';

/**
 * The id of a row, in this field or in the field `other`, which carries the same decorator. Null counts as left
 * out; both and neither are faults.
 */
export function IsIdUnless(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'isIdUnless',
    constraints: [other],
    validator: {
      validate: (value: unknown, args?: ValidationArguments) => {
        const isOtherGiven = ((args?.object ?? {}) as Record<string, unknown>)[other] != null;
        return value == null ? isOtherGiven : !isOtherGiven && isUUID(value);
      },
      defaultMessage: () => 'exactly one of $property and $constraint1 must be a UUID',
    },
  });
}
