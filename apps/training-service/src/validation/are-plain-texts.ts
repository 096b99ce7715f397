import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsArray, Length, Matches } from 'class-validator';
import { WITHOUT_CONTROL_CHARACTERS } from './is-plain-text';

/** A list of lines of text, each of 1 to `maxLength` characters and without space around it. */
export function ArePlainTexts(maxLength: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(trim) : value)),
    IsArray(),
    Length(1, maxLength, { each: true }),
    Matches(WITHOUT_CONTROL_CHARACTERS, {
      each: true,
      message: 'each value in $property must not contain control characters',
    }),
  );
}

function trim(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
