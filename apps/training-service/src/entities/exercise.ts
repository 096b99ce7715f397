import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, type Relation, Unique } from 'typeorm';
import { within } from './column-rules';
import { type ExerciseTarget, REPS, REST_SECONDS, SETS } from './exercise-prescription';
import { ExerciseTemplate } from './exercise-template';
import { WorkoutSession } from './workout-session';

/** The most exercises that a session can have. */
export const EXERCISE_COUNT = 100;

/** One exercise of a session, in its place. */
@Entity('exercises')
// Leads with workout_session_id, so it is the index of that foreign key too. Deferrable, so that the rule is
// checked after a statement instead of after each of its rows: one UPDATE can then shift or swap positions.
@Unique(['workoutSessionId', 'position'], { deferrable: 'INITIALLY IMMEDIATE' })
@Check('ck_exercises_position', within('position', { min: 1, max: EXERCISE_COUNT }))
@Check('ck_exercises_sets', within('sets', SETS))
@Check('ck_exercises_reps', within('reps', REPS))
@Check('ck_exercises_rest_seconds', within('rest_seconds', REST_SECONDS))
@Check('ck_exercises_target', `jsonb_typeof(target) = 'object'`)
export class Exercise extends BaseEntity {
  @Column({ type: 'uuid' })
  workoutSessionId!: string;

  // CASCADE: an exercise has no meaning outside its session.
  @ManyToOne(() => WorkoutSession, (session) => session.exercises, { nullable: false, onDelete: 'CASCADE' })
  workoutSession?: Relation<WorkoutSession>;

  @Index()
  @Column({ type: 'uuid' })
  exerciseTemplateId!: string;

  // NO ACTION: a session must go on saying what was to be done.
  @ManyToOne(() => ExerciseTemplate, { nullable: false, onDelete: 'NO ACTION' })
  exerciseTemplate?: ExerciseTemplate;

  /** 1 for the first; the service keeps the positions of a session without gaps. */
  @Column({ type: 'smallint' })
  position!: number;

  @Column({ type: 'smallint', default: 1 })
  sets!: number;

  /** Null when a set is measured by time or distance; see `target`. */
  @Column({ type: 'smallint', nullable: true })
  reps!: number | null;

  /** Between two sets. */
  @Column({ type: 'smallint', default: 0 })
  restSeconds!: number;

  @Column({ type: 'jsonb', default: {} })
  target!: ExerciseTarget;
}
