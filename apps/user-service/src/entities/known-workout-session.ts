import { CrossServiceReference, KnownRow, type WorkoutSessionState } from '@hockey-hub/shared-lib';
import { Column, Entity, Index } from 'typeorm';

/** What this service knows of the training-service's workout sessions: enough to say whether a team has any. */
@Entity('known_workout_sessions')
export class KnownWorkoutSession extends KnownRow {
  // No foreign key: a session may become known after its team was deleted, and the training-service then cancels it.
  @Index()
  @CrossServiceReference({ service: 'user-service', table: 'teams' })
  @Column({ type: 'uuid' })
  teamId!: string;

  @Column({ type: 'varchar', length: 150 })
  title!: string;

  // Text and not an enum: the words are the training-service's, and it may find new ones.
  @Column({ type: 'varchar', length: 20 })
  status!: WorkoutSessionState['status'];
}
