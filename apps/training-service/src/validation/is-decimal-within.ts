import { applyDecorators } from '@nestjs/common';
import { IsNumber, Max, Min } from 'class-validator';
import type { Range } from '../entities/column-rules';

const DECIMAL_PLACES = 3;

/** A number of at most three decimal places: finer ones would be rounded without a word. */
export function IsDecimalWithin({ min, max }: Range): PropertyDecorator {
  return applyDecorators(IsNumber({ maxDecimalPlaces: DECIMAL_PLACES }), Min(min), Max(max));
}
