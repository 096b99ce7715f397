import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateTeamMembershipDto } from './create-team-membership.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateTeamMembershipDto extends PartialType(
  OmitType(CreateTeamMembershipDto, ['teamId', 'userId']),
  { skipNullProperties: false },
) {}
