import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { PartialType } from '@nestjs/swagger';
import { CreateOrganizationDto } from './create-organization.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateOrganizationDto extends PartialType(CreateOrganizationDto, { skipNullProperties: false }) {
  @ExpectsVersion()
  version?: number;
}
