import { IsPlainText } from '@hockey-hub/shared-lib';
import { applyDecorators } from '@nestjs/common';
import { IsArray } from 'class-validator';

/** A list of lines of text, each of 1 to `maxLength` characters and without space around it. */
export function ArePlainTexts(maxLength: number): PropertyDecorator {
  return applyDecorators(IsPlainText(maxLength, { each: true }), IsArray());
}
