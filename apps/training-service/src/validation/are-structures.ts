import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import type { Range } from '../entities/column-rules';

/** A list of objects with the fields of `classOf()`; `count` is how many there can be. */
export function AreStructures(classOf: () => new () => object, count: Range): PropertyDecorator {
  return applyDecorators(
    IsArray(),
    ArrayMinSize(count.min),
    ArrayMaxSize(count.max),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(classOf),
  );
}
