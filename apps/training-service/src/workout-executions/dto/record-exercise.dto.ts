import { MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import {
  type ExerciseResults,
  RESULT,
  RESULT_NOTES_LENGTH,
  RPE,
  type SetResult,
} from '../../entities/exercise-execution';
import { SETS } from '../../entities/exercise-prescription';
import { IsDecimalWithin } from '../../validation/is-decimal-within';
import { IsIntegerWithin } from '../../validation/is-integer-within';
import { IsProse } from '../../validation/is-prose';
import { IsStructure } from '../../validation/is-structure';
import { AreStructures } from '../../validation/are-structures';

/** What one set came to. */
export class SetResultDto implements SetResult {
  @ApiPropertyOptional({ type: 'integer', minimum: RESULT.reps.min, maximum: RESULT.reps.max })
  @MayBeOmitted()
  @IsIntegerWithin(RESULT.reps)
  reps?: number;

  @ApiPropertyOptional({ type: Number, minimum: RESULT.weightKg.min, maximum: RESULT.weightKg.max })
  @MayBeOmitted()
  @IsDecimalWithin(RESULT.weightKg)
  weightKg?: number;

  @ApiPropertyOptional({
    type: Number,
    minimum: RESULT.durationSeconds.min,
    maximum: RESULT.durationSeconds.max,
  })
  @MayBeOmitted()
  @IsDecimalWithin(RESULT.durationSeconds)
  durationSeconds?: number;

  @ApiPropertyOptional({
    type: Number,
    minimum: RESULT.distanceMeters.min,
    maximum: RESULT.distanceMeters.max,
  })
  @MayBeOmitted()
  @IsDecimalWithin(RESULT.distanceMeters)
  distanceMeters?: number;
}

export class ExerciseResultsDto implements ExerciseResults {
  @ApiProperty({ type: [SetResultDto], minItems: 1, maxItems: SETS.max })
  @AreStructures(() => SetResultDto, { min: 1, max: SETS.max })
  sets!: SetResultDto[];

  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: RESULT_NOTES_LENGTH })
  @MayBeOmitted()
  @IsProse(RESULT_NOTES_LENGTH)
  notes?: string;
}

export class RecordExerciseDto {
  @ApiProperty({ type: ExerciseResultsDto })
  @IsStructure(() => ExerciseResultsDto)
  results!: ExerciseResultsDto;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: RPE.min,
    maximum: RPE.max,
    nullable: true,
    description: 'Rate of perceived exertion',
  })
  @IsOptional()
  @IsIntegerWithin(RPE)
  rpe?: number | null;
}
