import { IsId } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { NOTES_LENGTH } from '../../entities/column-rules';
import { LOAD_FACTOR } from '../../entities/player-workout-load';
import { IsDecimalWithin } from '../../validation/is-decimal-within';
import { IsProse } from '../../validation/is-prose';

export class CreatePlayerWorkoutLoadDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  workoutSessionId!: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'A player has one load per session' })
  @IsId()
  playerId!: string;

  @ApiProperty({
    type: Number,
    example: 0.5,
    minimum: LOAD_FACTOR.min,
    maximum: LOAD_FACTOR.max,
    description: '1 is the session as planned; at most three decimal places',
  })
  @IsDecimalWithin(LOAD_FACTOR)
  loadFactor!: number;

  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: NOTES_LENGTH,
    nullable: true,
    description: 'Why it differs from the plan',
  })
  @IsOptional()
  @IsProse(NOTES_LENGTH)
  notes?: string | null;
}
