import { ApiProperty } from '@nestjs/swagger';
import { IsEnum } from 'class-validator';
import { WorkoutAssignmentStatus } from '../../entities/workout-assignment';

export class ChangeWorkoutAssignmentStatusDto {
  @ApiProperty({ enum: WorkoutAssignmentStatus, enumName: 'WorkoutAssignmentStatus' })
  @IsEnum(WorkoutAssignmentStatus)
  status!: WorkoutAssignmentStatus;
}
