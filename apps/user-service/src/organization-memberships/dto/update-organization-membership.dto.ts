import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateOrganizationMembershipDto } from './create-organization-membership.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateOrganizationMembershipDto extends PartialType(
  OmitType(CreateOrganizationMembershipDto, ['userId', 'organizationId']),
  { skipNullProperties: false },
) {}
