import { IsId, IsPlainText, IsTimestamp, MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEnum, IsOptional } from 'class-validator';
import { NAME_LENGTH } from '../../entities/column-rules';
import { EXERCISE_COUNT } from '../../entities/exercise';
import { DURATION_MINUTES, LOCATION_LENGTH, WorkoutType } from '../../entities/workout-session';
import { PrescriptionDto } from '../../exercises/dto/prescription.dto';
import { IsIntegerWithin } from '../../validation/is-integer-within';
import { AreStructures } from '../../validation/are-structures';

export class CreateWorkoutSessionDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  teamId!: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'The user who plans the session' })
  @IsId()
  createdBy!: string;

  @ApiProperty({ example: 'Leg day', minLength: 1, maxLength: NAME_LENGTH })
  @IsPlainText(NAME_LENGTH)
  title!: string;

  @ApiProperty({ enum: WorkoutType, enumName: 'WorkoutType' })
  @IsEnum(WorkoutType)
  type!: WorkoutType;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Needed before the session can be scheduled',
  })
  @IsOptional()
  @IsTimestamp()
  scheduledAt?: Date | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: DURATION_MINUTES.min,
    maximum: DURATION_MINUTES.max,
    nullable: true,
  })
  @IsOptional()
  @IsIntegerWithin(DURATION_MINUTES)
  durationMinutes?: number | null;

  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: LOCATION_LENGTH, nullable: true })
  @IsOptional()
  @IsPlainText(LOCATION_LENGTH)
  location?: string | null;

  @ApiPropertyOptional({
    type: [PrescriptionDto],
    maxItems: EXERCISE_COUNT,
    default: [],
    description: 'In the order they are done',
  })
  @MayBeOmitted()
  @AreStructures(() => PrescriptionDto, { min: 0, max: EXERCISE_COUNT })
  exercises?: PrescriptionDto[];
}
