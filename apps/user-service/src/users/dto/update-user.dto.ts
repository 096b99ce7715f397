import { OmitType, PartialType } from '@nestjs/swagger';
import { ExpectsVersion } from '../../validation/expects-version';
import { CreateUserDto } from './create-user.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateUserDto extends PartialType(OmitType(CreateUserDto, ['password']), {
  skipNullProperties: false,
}) {
  @ExpectsVersion()
  version?: number;
}
