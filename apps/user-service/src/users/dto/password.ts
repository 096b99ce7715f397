import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** NIST SP 800-63B: length counts, composition rules do not. */
const SHORTEST_PASSWORD = 12;
/** Hashing must not become a way to keep the server busy. */
const LONGEST_PASSWORD = 128;

/** A password as a client sends it: taken as it is, spaces included, and never sent back. */
export function Password(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      format: 'password',
      writeOnly: true,
      minLength: SHORTEST_PASSWORD,
      maxLength: LONGEST_PASSWORD,
    }),
    IsString(),
    Length(SHORTEST_PASSWORD, LONGEST_PASSWORD),
  );
}
