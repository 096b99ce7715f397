import { ApiProperty } from '@nestjs/swagger';
import { IsEnum } from 'class-validator';
import { WorkoutSessionStatus } from '../../entities/workout-session';

export class ChangeWorkoutSessionStatusDto {
  @ApiProperty({ enum: WorkoutSessionStatus, enumName: 'WorkoutSessionStatus' })
  @IsEnum(WorkoutSessionStatus)
  status!: WorkoutSessionStatus;
}
