import { applyDecorators } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import { LowerCased } from './lower-cased';

/** The id of a row, in the spelling in which Postgres gives it back. */
export function IsId(): PropertyDecorator {
  return applyDecorators(LowerCased(), IsUUID());
}
