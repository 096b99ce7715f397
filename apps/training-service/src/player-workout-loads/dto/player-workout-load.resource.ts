import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import type { PlayerWorkoutLoad } from '../../entities/player-workout-load';

/** How much of a session a player is to bear, as the API shows it. */
export class PlayerWorkoutLoadResource extends VersionedResource {
  @ApiProperty({ type: String, format: 'uuid' })
  workoutSessionId: string;

  @ApiProperty({ type: String, format: 'uuid' })
  playerId: string;

  @ApiProperty({ type: Number, description: '1 is the session as planned' })
  loadFactor: number;

  @ApiProperty({ type: String, nullable: true })
  notes: string | null;

  constructor(load: PlayerWorkoutLoad) {
    super(load);
    this.workoutSessionId = load.workoutSessionId;
    this.playerId = load.playerId;
    this.loadFactor = load.loadFactor;
    this.notes = load.notes;
  }
}
