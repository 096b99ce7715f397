import { CrossServiceReference, VersionedEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, Unique } from 'typeorm';
import { NOTES_LENGTH, type Range, within } from './column-rules';
import { decimalTransformer } from './decimal-transformer';
import { USERS } from './platform-references';
import { WorkoutSession } from './workout-session';

/** 1 is the session as planned, 0.5 half of it. */
export const LOAD_FACTOR: Range = { min: 0, max: 10 };

/** How much of a session's load one player is to bear, for example after an injury. */
@Entity('player_workout_loads')
// Leads with workout_session_id, so it is the index of that foreign key too.
@Unique(['workoutSessionId', 'playerId'])
@Check('ck_player_workout_loads_load_factor', within('load_factor', LOAD_FACTOR))
@Check('ck_player_workout_loads_notes', `btrim(notes) <> ''`)
export class PlayerWorkoutLoad extends VersionedEntity {
  @Column({ type: 'uuid' })
  workoutSessionId!: string;

  // CASCADE: it only says how this session is adapted.
  @ManyToOne(() => WorkoutSession, { nullable: false, onDelete: 'CASCADE' })
  workoutSession?: WorkoutSession;

  @Index()
  @CrossServiceReference(USERS)
  @Column({ type: 'uuid' })
  playerId!: string;

  @Column({ type: 'numeric', precision: 5, scale: 3, default: 1, transformer: decimalTransformer })
  loadFactor!: number;

  /** Why it differs from the plan. */
  @Column({ type: 'varchar', length: NOTES_LENGTH, nullable: true })
  notes!: string | null;
}
