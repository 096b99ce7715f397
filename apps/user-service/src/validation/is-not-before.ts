import { ValidateBy, type ValidationArguments } from 'class-validator';

/**
 * The moment is not before the one in the field `start`, if both are given. When a change carries only one of
 * them, the CHECK of the table has the last word.
 */
export function IsNotBefore(start: string): PropertyDecorator {
  return ValidateBy({
    name: 'isNotBefore',
    constraints: [start],
    validator: {
      validate: (value: unknown, args?: ValidationArguments) => {
        const other = (args?.object as Record<string, unknown> | undefined)?.[start];
        return !(value instanceof Date) || !(other instanceof Date) || value >= other;
      },
      defaultMessage: () => '$property must not be before $constraint1',
    },
  });
}
