import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateWorkoutSessionDto } from './create-workout-session.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateWorkoutSessionDto extends PartialType(
  OmitType(CreateWorkoutSessionDto, ['teamId', 'createdBy', 'exercises']),
  { skipNullProperties: false },
) {
  @ExpectsVersion()
  version?: number;
}
