import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { PartialType, PickType } from '@nestjs/swagger';
import { CreateWorkoutAssignmentDto } from './create-workout-assignment.dto';

/** Who is to do what does not change: that would be another assignment. */
export class UpdateWorkoutAssignmentDto extends PartialType(
  PickType(CreateWorkoutAssignmentDto, ['dueAt', 'recurrence']),
  { skipNullProperties: false },
) {
  @ExpectsVersion()
  version?: number;
}
