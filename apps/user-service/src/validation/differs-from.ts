import { ValidateBy, type ValidationArguments } from 'class-validator';

/** The value is not the one of the field `other`. */
export function DiffersFrom(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'differsFrom',
    constraints: [other],
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        value !== (args?.object as Record<string, unknown> | undefined)?.[other],
      defaultMessage: () => '$property must not be the same as $constraint1',
    },
  });
}
