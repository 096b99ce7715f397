import { Resource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import type { Exercise } from '../../entities/exercise';
import { ExerciseTargetDto } from './exercise-target.dto';

/** An exercise of a session as the API shows it. */
export class ExerciseResource extends Resource {
  @ApiProperty({ type: String, format: 'uuid' })
  workoutSessionId: string;

  @ApiProperty({ type: String, format: 'uuid' })
  exerciseTemplateId: string;

  @ApiProperty({ type: 'integer', description: '1 for the first; without gaps' })
  position: number;

  @ApiProperty({ type: 'integer' })
  sets: number;

  @ApiProperty({ type: 'integer', nullable: true })
  reps: number | null;

  @ApiProperty({ type: 'integer' })
  restSeconds: number;

  @ApiProperty({ type: ExerciseTargetDto })
  target: ExerciseTargetDto;

  constructor(exercise: Exercise) {
    super(exercise);
    this.workoutSessionId = exercise.workoutSessionId;
    this.exerciseTemplateId = exercise.exerciseTemplateId;
    this.position = exercise.position;
    this.sets = exercise.sets;
    this.reps = exercise.reps;
    this.restSeconds = exercise.restSeconds;
    this.target = exercise.target;
  }
}
