import { IsId, MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { REPS, REST_SECONDS, SETS } from '../../entities/exercise-prescription';
import { IsIntegerWithin } from '../../validation/is-integer-within';
import { ExerciseTargetDto } from './exercise-target.dto';
import { IsStructure } from '../../validation/is-structure';

/** Which exercise, and how much of it: the same in a session and in a session template. */
export class PrescriptionDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  exerciseTemplateId!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: SETS.min, maximum: SETS.max, default: 1 })
  @MayBeOmitted()
  @IsIntegerWithin(SETS)
  sets?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: REPS.min,
    maximum: REPS.max,
    nullable: true,
    description: 'Null when a set is measured by time or distance',
  })
  @IsOptional()
  @IsIntegerWithin(REPS)
  reps?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: REST_SECONDS.min,
    maximum: REST_SECONDS.max,
    default: 0,
    description: 'Between two sets',
  })
  @MayBeOmitted()
  @IsIntegerWithin(REST_SECONDS)
  restSeconds?: number;

  @ApiPropertyOptional({ type: ExerciseTargetDto })
  @MayBeOmitted()
  @IsStructure(() => ExerciseTargetDto)
  target?: ExerciseTargetDto;
}
