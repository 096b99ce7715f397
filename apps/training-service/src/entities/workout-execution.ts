import { CrossServiceReference, VersionedEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, OneToMany, type Relation, Unique } from 'typeorm';
import { type Range, within } from './column-rules';
import { ExerciseExecution } from './exercise-execution';
import { USERS } from './platform-references';
import { WorkoutSession } from './workout-session';

/** Which status may follow which is said in `workout-executions/workout-execution-lifecycle.ts`. */
export enum WorkoutExecutionStatus {
  Pending = 'pending',
  Active = 'active',
  Completed = 'completed',
  Cancelled = 'cancelled',
}

export const HEART_RATE_BPM: Range = { min: 25, max: 250 };
export const HEART_RATE_ZONES = 5;
/** Up to a day in each zone. */
export const ZONE_SECONDS: Range = { min: 0, max: 86_400 };

/** One player doing one session. */
@Entity('workout_executions')
// Leads with workout_session_id, so it is the index of that foreign key too.
@Unique(['workoutSessionId', 'playerId'])
// A status and its times can never contradict each other.
@Check(
  'ck_workout_executions_times',
  [
    `CASE status WHEN 'pending' THEN num_nonnulls(started_at, completed_at) = 0`,
    `WHEN 'active' THEN started_at IS NOT NULL AND completed_at IS NULL`,
    `WHEN 'completed' THEN num_nonnulls(started_at, completed_at) = 2`,
    `ELSE completed_at IS NULL END`,
  ].join(' '),
)
@Check('ck_workout_executions_duration', 'completed_at >= started_at')
@Check(
  'ck_workout_executions_heart_rate',
  [
    within('min_heart_rate_bpm', HEART_RATE_BPM),
    within('average_heart_rate_bpm', HEART_RATE_BPM),
    within('max_heart_rate_bpm', HEART_RATE_BPM),
  ].join(' AND '),
)
@Check(
  'ck_workout_executions_heart_rate_order',
  'min_heart_rate_bpm <= average_heart_rate_bpm AND average_heart_rate_bpm <= max_heart_rate_bpm AND min_heart_rate_bpm <= max_heart_rate_bpm',
)
@Check(
  'ck_workout_executions_heart_rate_zone_seconds',
  `cardinality(heart_rate_zone_seconds) = ${HEART_RATE_ZONES} AND array_position(heart_rate_zone_seconds, NULL) IS NULL AND ${ZONE_SECONDS.min} <= ALL (heart_rate_zone_seconds) AND ${ZONE_SECONDS.max} >= ALL (heart_rate_zone_seconds)`,
)
export class WorkoutExecution extends VersionedEntity {
  @Column({ type: 'uuid' })
  workoutSessionId!: string;

  // NO ACTION: what players have done outlives a plan; a session that is not wanted any more is cancelled.
  @ManyToOne(() => WorkoutSession, { nullable: false, onDelete: 'NO ACTION' })
  workoutSession?: WorkoutSession;

  @Index()
  @CrossServiceReference(USERS)
  @Column({ type: 'uuid' })
  playerId!: string;

  @Column({ type: 'enum', enum: WorkoutExecutionStatus, default: WorkoutExecutionStatus.Pending })
  status!: WorkoutExecutionStatus;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  completedAt!: Date | null;

  @Column({ type: 'smallint', nullable: true })
  minHeartRateBpm!: number | null;

  @Column({ type: 'smallint', nullable: true })
  averageHeartRateBpm!: number | null;

  @Column({ type: 'smallint', nullable: true })
  maxHeartRateBpm!: number | null;

  /** Seconds spent in each of the five heart-rate zones, easiest first. */
  @Column({ type: 'int', array: true, nullable: true })
  heartRateZoneSeconds!: number[] | null;

  @OneToMany(() => ExerciseExecution, (exercise) => exercise.workoutExecution)
  exerciseExecutions?: Relation<ExerciseExecution>[];
}
