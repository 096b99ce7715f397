import { applyDecorators } from '@nestjs/common';
import { buildMessage, length, ValidateBy } from 'class-validator';
import { Trimmed } from './trimmed';

// Never part of a name, and Postgres cannot store the first of them (U+0000) at all.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** One line of text of 1 to `maxLength` characters, or (`each`) a list of them, without space around it. */
export function IsPlainText(maxLength: number, { each = false } = {}): PropertyDecorator {
  return applyDecorators(
    Trimmed(),
    ValidateBy(
      {
        name: 'isPlainText',
        constraints: [maxLength],
        validator: {
          validate: (value: unknown) =>
            typeof value === 'string' && length(value, 1, maxLength) && !CONTROL_CHARACTER.test(value),
          defaultMessage: buildMessage(
            (eachPrefix) =>
              `${eachPrefix}$property must be one line of text, 1 to $constraint1 characters long`,
            { each },
          ),
        },
      },
      { each },
    ),
  );
}
