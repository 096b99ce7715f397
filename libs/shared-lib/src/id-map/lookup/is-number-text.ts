import { buildMessage, ValidateBy } from 'class-validator';

const DIGITS = /^-?\d{1,19}$/;

/** A bigint of Postgres as text, or (`each`) a list of them. */
export function IsNumberText({ each = false } = {}): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isNumberText',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          DIGITS.test(value) &&
          BigInt.asIntN(64, BigInt(value)) === BigInt(value),
        defaultMessage: buildMessage(
          (eachPrefix) => `${eachPrefix}$property must be a whole number of at most 64 bits, as text`,
          { each },
        ),
      },
    },
    { each },
  );
}
