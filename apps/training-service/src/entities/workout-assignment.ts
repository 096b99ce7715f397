import { CrossServiceReference, VersionedEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, type Relation } from 'typeorm';
import { RECURRENCE_FORMAT, RECURRENCE_LENGTH } from './column-rules';
import { TEAMS, USERS } from './platform-references';
import { WorkoutSession } from './workout-session';

/** Which status may follow which is said in `workout-assignments/workout-assignment-lifecycle.ts`. */
export enum WorkoutAssignmentStatus {
  Assigned = 'assigned',
  Completed = 'completed',
  /** Due and not done. */
  Missed = 'missed',
  Cancelled = 'cancelled',
}

/** That a player, or every player of a team, is to do a session. */
@Entity('workout_assignments')
@Check('ck_workout_assignments_assignee', 'num_nonnulls(player_id, team_id) = 1')
@Check('ck_workout_assignments_recurrence', `recurrence ~ '${RECURRENCE_FORMAT}'`)
// A recurrence counts from the first time it is due.
@Check('ck_workout_assignments_first_due', 'recurrence IS NULL OR due_at IS NOT NULL')
export class WorkoutAssignment extends VersionedEntity {
  @Index()
  @Column({ type: 'uuid' })
  workoutSessionId!: string;

  // CASCADE: an assignment is to do this very session.
  @ManyToOne(() => WorkoutSession, (session) => session.assignments, { nullable: false, onDelete: 'CASCADE' })
  workoutSession?: Relation<WorkoutSession>;

  /** Null when the assignment is to a team. */
  @Index()
  @CrossServiceReference(USERS)
  @Column({ type: 'uuid', nullable: true })
  playerId!: string | null;

  /** Null when the assignment is to a player. */
  @Index()
  @CrossServiceReference(TEAMS)
  @Column({ type: 'uuid', nullable: true })
  teamId!: string | null;

  @Column({ type: 'enum', enum: WorkoutAssignmentStatus, default: WorkoutAssignmentStatus.Assigned })
  status!: WorkoutAssignmentStatus;

  /** When it is to be done; for a recurring assignment, the first time. */
  @Column({ type: 'timestamptz', nullable: true })
  dueAt!: Date | null;

  /** A recurrence rule of RFC 5545, counted from `dueAt`; null when it is to be done once. */
  @Column({ type: 'varchar', length: RECURRENCE_LENGTH, nullable: true })
  recurrence!: string | null;
}
