import { IsId } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';

export class CreateWorkoutExecutionDto {
  @ApiProperty({ type: String, format: 'uuid', description: 'Neither a draft nor cancelled' })
  @IsId()
  workoutSessionId!: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'A player has one execution per session' })
  @IsId()
  playerId!: string;
}
