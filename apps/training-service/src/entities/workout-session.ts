import { CrossServiceReference, VersionedEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, OneToMany, type Relation } from 'typeorm';
import { NAME_LENGTH, type Range, within } from './column-rules';
import { Exercise } from './exercise';
import { TEAMS, USERS } from './platform-references';
import { WorkoutAssignment } from './workout-assignment';

export enum WorkoutType {
  Strength = 'strength',
  Cardio = 'cardio',
  Hybrid = 'hybrid',
  Agility = 'agility',
  Recovery = 'recovery',
}

/** Which status may follow which is said in `workout-sessions/workout-session-lifecycle.ts`. */
export enum WorkoutSessionStatus {
  Draft = 'draft',
  Scheduled = 'scheduled',
  Active = 'active',
  Completed = 'completed',
  Cancelled = 'cancelled',
}

export const DURATION_MINUTES: Range = { min: 1, max: 600 };
export const LOCATION_LENGTH = 200;

/** A workout that a team is to do at a time and a place. */
@Entity('workout_sessions')
// Leads with team_id, so it is the index of that reference too; a team's calendar is the usual question.
@Index(['teamId', 'scheduledAt'])
@Check('ck_workout_sessions_title', `btrim(title) <> ''`)
@Check('ck_workout_sessions_scheduled_at', `status IN ('draft', 'cancelled') OR scheduled_at IS NOT NULL`)
@Check('ck_workout_sessions_duration_minutes', within('duration_minutes', DURATION_MINUTES))
@Check('ck_workout_sessions_location', `btrim(location) <> ''`)
export class WorkoutSession extends VersionedEntity {
  @CrossServiceReference(TEAMS)
  @Column({ type: 'uuid' })
  teamId!: string;

  /** The coach or trainer who planned it: part of the domain, therefore never null, unlike an audit trail. */
  @Index()
  @CrossServiceReference(USERS)
  @Column({ type: 'uuid' })
  createdBy!: string;

  @Column({ type: 'varchar', length: NAME_LENGTH })
  title!: string;

  @Column({ type: 'enum', enum: WorkoutType })
  type!: WorkoutType;

  @Column({ type: 'enum', enum: WorkoutSessionStatus, default: WorkoutSessionStatus.Draft })
  status!: WorkoutSessionStatus;

  /** May be open while the session is a draft. */
  @Column({ type: 'timestamptz', nullable: true })
  scheduledAt!: Date | null;

  @Column({ type: 'smallint', nullable: true })
  durationMinutes!: number | null;

  @Column({ type: 'varchar', length: LOCATION_LENGTH, nullable: true })
  location!: string | null;

  @OneToMany(() => Exercise, (exercise) => exercise.workoutSession)
  exercises?: Relation<Exercise>[];

  @OneToMany(() => WorkoutAssignment, (assignment) => assignment.workoutSession)
  assignments?: Relation<WorkoutAssignment>[];
}
