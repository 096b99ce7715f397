import { Resource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import type { ExerciseExecution } from '../../entities/exercise-execution';
import { ExerciseResultsDto } from './record-exercise.dto';

/** What a player did of one exercise, as the API shows it. */
export class ExerciseExecutionResource extends Resource {
  @ApiProperty({ type: String, format: 'uuid' })
  exerciseId: string;

  @ApiProperty({ type: ExerciseResultsDto })
  results: ExerciseResultsDto;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Rate of perceived exertion, 1 to 10' })
  rpe: number | null;

  constructor(execution: ExerciseExecution) {
    super(execution);
    this.exerciseId = execution.exerciseId;
    this.results = execution.results;
    this.rpe = execution.rpe;
  }
}
