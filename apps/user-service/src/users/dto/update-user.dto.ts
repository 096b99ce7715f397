import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateUserDto } from './create-user.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateUserDto extends PartialType(OmitType(CreateUserDto, ['password']), {
  skipNullProperties: false,
}) {
  @ExpectsVersion()
  version?: number;
}
