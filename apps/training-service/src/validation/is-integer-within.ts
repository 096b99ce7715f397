import { applyDecorators } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';
import type { Range } from '../entities/column-rules';

/** An integer, or (`each`) a list of them, that fits its column's CHECK. */
export function IsIntegerWithin({ min, max }: Range, { each = false } = {}): PropertyDecorator {
  return applyDecorators(IsInt({ each }), Min(min, { each }), Max(max, { each }));
}
