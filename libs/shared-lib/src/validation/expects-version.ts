import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { MayBeOmitted } from './may-be-omitted';
import { applyDecorators } from '@nestjs/common';

const LARGEST_INTEGER = 2 ** 31 - 1;

/** The `version` of a change: which state of the row it was made from. */
export function ExpectsVersion(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      minimum: 1,
      description: 'The version this change was made from: 409 when somebody else has changed the row since',
    }),
    MayBeOmitted(),
    IsInt(),
    Min(1),
    Max(LARGEST_INTEGER),
  );
}
