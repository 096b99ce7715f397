import { applyDecorators } from '@nestjs/common';
import { Length, Matches } from 'class-validator';
import { Trimmed } from './trimmed';

// Control characters: never part of a name, and Postgres cannot store the first of them (U+0000) at all.
// eslint-disable-next-line no-control-regex -- they are what is looked for
export const WITHOUT_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f]*$/;

/** One line of text of 1 to `maxLength` characters, without space around it. */
export function IsPlainText(maxLength: number): PropertyDecorator {
  return applyDecorators(
    Trimmed(),
    Length(1, maxLength),
    Matches(WITHOUT_CONTROL_CHARACTERS, { message: '$property must not contain control characters' }),
  );
}
