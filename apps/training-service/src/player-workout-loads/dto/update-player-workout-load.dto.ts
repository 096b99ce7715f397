import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { PartialType, PickType } from '@nestjs/swagger';
import { CreatePlayerWorkoutLoadDto } from './create-player-workout-load.dto';

// skipNullProperties false: null clears the notes and is a fault for the factor.
export class UpdatePlayerWorkoutLoadDto extends PartialType(
  PickType(CreatePlayerWorkoutLoadDto, ['loadFactor', 'notes']),
  { skipNullProperties: false },
) {
  @ExpectsVersion()
  version?: number;
}
