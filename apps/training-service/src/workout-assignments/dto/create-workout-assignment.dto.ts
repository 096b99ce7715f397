import { IsId, IsTimestamp } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { RECURRENCE_FORMAT } from '../../entities/column-rules';
import { IsIdUnless } from '../../validation/is-id-unless';

export class CreateWorkoutAssignmentDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  workoutSessionId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Either this or teamId' })
  @IsIdUnless('teamId')
  playerId?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Either this or playerId',
  })
  @IsIdUnless('playerId')
  teamId?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'For a recurring assignment, the first time',
  })
  @IsOptional()
  @IsTimestamp()
  dueAt?: Date | null;

  @ApiPropertyOptional({
    type: String,
    pattern: RECURRENCE_FORMAT,
    example: 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8',
    nullable: true,
    description: 'A recurrence rule of RFC 5545, counted from dueAt, which it needs',
  })
  @IsOptional()
  @Matches(new RegExp(RECURRENCE_FORMAT), {
    message: '$property must be a recurrence rule, for example FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8',
  })
  recurrence?: string | null;
}
