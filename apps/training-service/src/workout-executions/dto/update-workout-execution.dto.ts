import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional } from 'class-validator';
import { HEART_RATE_BPM, HEART_RATE_ZONES, ZONE_SECONDS } from '../../entities/workout-execution';
import { IsIntegerWithin } from '../../validation/is-integer-within';

const BPM = {
  type: 'integer',
  minimum: HEART_RATE_BPM.min,
  maximum: HEART_RATE_BPM.max,
  nullable: true,
  description: 'Beats per minute',
} as const;

/** What a heart-rate monitor says about a whole workout. Null takes a value back. */
export class UpdateWorkoutExecutionDto {
  @ApiPropertyOptional(BPM)
  @IsOptional()
  @IsIntegerWithin(HEART_RATE_BPM)
  minHeartRateBpm?: number | null;

  @ApiPropertyOptional(BPM)
  @IsOptional()
  @IsIntegerWithin(HEART_RATE_BPM)
  averageHeartRateBpm?: number | null;

  @ApiPropertyOptional(BPM)
  @IsOptional()
  @IsIntegerWithin(HEART_RATE_BPM)
  maxHeartRateBpm?: number | null;

  @ApiPropertyOptional({
    type: [Number],
    minItems: HEART_RATE_ZONES,
    maxItems: HEART_RATE_ZONES,
    nullable: true,
    description: 'Seconds spent in each of the five heart-rate zones, easiest first',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(HEART_RATE_ZONES)
  @ArrayMaxSize(HEART_RATE_ZONES)
  @IsIntegerWithin(ZONE_SECONDS, { each: true })
  heartRateZoneSeconds?: number[] | null;

  @ExpectsVersion()
  version?: number;
}
