import { Trimmed } from '@hockey-hub/shared-lib';
import { applyDecorators } from '@nestjs/common';
import { Length, Matches } from 'class-validator';

// Everything but tabs and line breaks: Postgres cannot store U+0000, and nothing good comes with the others.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const WITHOUT_OTHER_CONTROL_CHARACTERS = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/;

/** Text of several lines, of 1 to `maxLength` characters, without space around it. */
export function IsProse(maxLength: number): PropertyDecorator {
  return applyDecorators(
    Trimmed(),
    Length(1, maxLength),
    Matches(WITHOUT_OTHER_CONTROL_CHARACTERS, { message: '$property must not contain control characters' }),
  );
}
