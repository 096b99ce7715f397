import { ApiProperty } from '@nestjs/swagger';
import { IsId } from '../../validation/is-id';

export class CreateWorkoutExecutionDto {
  @ApiProperty({ type: String, format: 'uuid', description: 'Neither a draft nor cancelled' })
  @IsId()
  workoutSessionId!: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'A player has one execution per session' })
  @IsId()
  playerId!: string;
}
