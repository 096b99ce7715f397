import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateTeamDto } from './create-team.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateTeamDto extends PartialType(OmitType(CreateTeamDto, ['organizationId']), {
  skipNullProperties: false,
}) {
  @ExpectsVersion()
  version?: number;
}
