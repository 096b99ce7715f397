import { OmitType, PartialType } from '@nestjs/swagger';
import { ExpectsVersion } from '../../validation/expects-version';
import { CreateTeamDto } from './create-team.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateTeamDto extends PartialType(OmitType(CreateTeamDto, ['organizationId']), {
  skipNullProperties: false,
}) {
  @ExpectsVersion()
  version?: number;
}
