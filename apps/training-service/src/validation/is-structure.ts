import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';

/** An object of its own with the fields of `classOf()`. A list is none, which `ValidateNested` alone would take. */
export function IsStructure(classOf: () => new () => object): PropertyDecorator {
  return applyDecorators(IsObject(), ValidateNested(), Type(classOf));
}
