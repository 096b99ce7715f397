import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateExerciseTemplateDto } from './create-exercise-template.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateExerciseTemplateDto extends PartialType(
  OmitType(CreateExerciseTemplateDto, ['organizationId']),
  { skipNullProperties: false },
) {
  @ExpectsVersion()
  version?: number;
}
