import { MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { RPE } from '../../entities/exercise-execution';
import { type ExerciseTarget, TARGET, TARGET_NOTES_LENGTH } from '../../entities/exercise-prescription';
import { IsDecimalWithin } from '../../validation/is-decimal-within';
import { IsIntegerWithin } from '../../validation/is-integer-within';
import { IsProse } from '../../validation/is-prose';

/** What a set aims at, beyond the number of repetitions. */
export class ExerciseTargetDto implements ExerciseTarget {
  @ApiPropertyOptional({ type: Number, minimum: TARGET.weightKg.min, maximum: TARGET.weightKg.max })
  @MayBeOmitted()
  @IsDecimalWithin(TARGET.weightKg)
  weightKg?: number;

  @ApiPropertyOptional({
    type: Number,
    description: "Share of the player's one-repetition maximum",
    minimum: TARGET.percentOfMax.min,
    maximum: TARGET.percentOfMax.max,
  })
  @MayBeOmitted()
  @IsDecimalWithin(TARGET.percentOfMax)
  percentOfMax?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: TARGET.durationSeconds.min,
    maximum: TARGET.durationSeconds.max,
  })
  @MayBeOmitted()
  @IsIntegerWithin(TARGET.durationSeconds)
  durationSeconds?: number;

  @ApiPropertyOptional({
    type: Number,
    minimum: TARGET.distanceMeters.min,
    maximum: TARGET.distanceMeters.max,
  })
  @MayBeOmitted()
  @IsDecimalWithin(TARGET.distanceMeters)
  distanceMeters?: number;

  @ApiPropertyOptional({
    type: 'integer',
    description: '1 is the easiest',
    minimum: TARGET.heartRateZone.min,
    maximum: TARGET.heartRateZone.max,
  })
  @MayBeOmitted()
  @IsIntegerWithin(TARGET.heartRateZone)
  heartRateZone?: number;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Rate of perceived exertion',
    minimum: RPE.min,
    maximum: RPE.max,
  })
  @MayBeOmitted()
  @IsIntegerWithin(RPE)
  rpe?: number;

  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: TARGET_NOTES_LENGTH })
  @MayBeOmitted()
  @IsProse(TARGET_NOTES_LENGTH)
  notes?: string;
}
