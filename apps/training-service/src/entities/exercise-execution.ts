import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, type Relation, Unique } from 'typeorm';
import { type Range, within } from './column-rules';
import { Exercise } from './exercise';
import { WorkoutExecution } from './workout-execution';

/** Rate of perceived exertion on Borg's CR10 scale, without its zero: who rates has done something. */
export const RPE: Range = { min: 1, max: 10 };

/** The limits of a set's numbers. */
export const RESULT = {
  reps: { min: 0, max: 1000 },
  weightKg: { min: 0, max: 1000 },
  durationSeconds: { min: 0, max: 14_400 },
  distanceMeters: { min: 0, max: 100_000 },
} satisfies Record<string, Range>;
export const RESULT_NOTES_LENGTH = 1000;

/** What one set came to. Every field is optional; units are in the names. */
export interface SetResult {
  reps?: number;
  weightKg?: number;
  durationSeconds?: number;
  distanceMeters?: number;
}

export interface ExerciseResults {
  sets: SetResult[];
  notes?: string;
}

/** What a player did of one exercise: all its sets in one row. */
@Entity('exercise_executions')
// Leads with workout_execution_id, so it is the index of that foreign key too.
@Unique(['workoutExecutionId', 'exerciseId'])
@Check('ck_exercise_executions_results', `jsonb_typeof(results) = 'object'`)
@Check('ck_exercise_executions_rpe', within('rpe', RPE))
export class ExerciseExecution extends BaseEntity {
  @Column({ type: 'uuid' })
  workoutExecutionId!: string;

  // CASCADE: a part of the execution.
  @ManyToOne(() => WorkoutExecution, (execution) => execution.exerciseExecutions, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  workoutExecution?: Relation<WorkoutExecution>;

  @Index()
  @Column({ type: 'uuid' })
  exerciseId!: string;

  // NO ACTION: an exercise that somebody has done stays in its session.
  @ManyToOne(() => Exercise, { nullable: false, onDelete: 'NO ACTION' })
  exercise?: Exercise;

  @Column({ type: 'jsonb' })
  results!: ExerciseResults;

  @Column({ type: 'smallint', nullable: true })
  rpe!: number | null;
}
