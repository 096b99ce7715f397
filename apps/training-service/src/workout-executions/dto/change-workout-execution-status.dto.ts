import { IsTimestamp, MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEnum } from 'class-validator';
import { WorkoutExecutionStatus } from '../../entities/workout-execution';

export class ChangeWorkoutExecutionStatusDto {
  @ApiProperty({ enum: WorkoutExecutionStatus, enumName: 'WorkoutExecutionStatus' })
  @IsEnum(WorkoutExecutionStatus)
  status!: WorkoutExecutionStatus;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When the player started or completed it; now when it is left out',
  })
  @MayBeOmitted()
  @IsTimestamp()
  at?: Date;
}
