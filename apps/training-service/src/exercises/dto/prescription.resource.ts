import { ApiProperty } from '@nestjs/swagger';
import type { PlannedExercise } from '../../entities/exercise-prescription';
import { ExerciseTargetDto } from './exercise-target.dto';

/** How much of which exercise, as stored. */
export class PrescriptionResource implements PlannedExercise {
  @ApiProperty({ type: String, format: 'uuid' })
  exerciseTemplateId!: string;

  @ApiProperty({ type: 'integer' })
  sets!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Null when a set is measured by time or distance',
  })
  reps!: number | null;

  @ApiProperty({ type: 'integer', description: 'Between two sets' })
  restSeconds!: number;

  @ApiProperty({ type: ExerciseTargetDto })
  target!: ExerciseTargetDto;
}
