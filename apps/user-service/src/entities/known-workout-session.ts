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

  @Column({ type: 'text' })
  title!: string;

  // Text and not an enum, and of any length: the words are the training-service's, and it may find new ones.
  @Column({ type: 'text' })
  status!: WorkoutSessionState['status'];
}
