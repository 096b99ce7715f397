import { OmitType, PartialType } from '@nestjs/swagger';
import { ExpectsVersion } from '../../validation/expects-version';
import { CreateExerciseTemplateDto } from './create-exercise-template.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateExerciseTemplateDto extends PartialType(
  OmitType(CreateExerciseTemplateDto, ['organizationId']),
  { skipNullProperties: false },
) {
  @ExpectsVersion()
  version?: number;
}
