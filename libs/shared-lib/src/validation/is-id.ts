import { applyDecorators } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import { LowerCased } from './lower-cased';

/**
 * The id of a row, or (`each`) a list of them; in lower case, as Postgres writes ids, so that what is sent can be
 * compared with what is stored, inside JSON too.
 */
export function IsId({ each = false } = {}): PropertyDecorator {
  return applyDecorators(LowerCased(), IsUUID(undefined, { each }));
}
