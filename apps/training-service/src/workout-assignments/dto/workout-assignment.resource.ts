import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import { type WorkoutAssignment, WorkoutAssignmentStatus } from '../../entities/workout-assignment';

/** An assignment as the API shows it. */
export class WorkoutAssignmentResource extends VersionedResource {
  @ApiProperty({ type: String, format: 'uuid' })
  workoutSessionId: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null when it is to a team' })
  playerId: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null when it is to a player' })
  teamId: string | null;

  @ApiProperty({ enum: WorkoutAssignmentStatus, enumName: 'WorkoutAssignmentStatus' })
  status: WorkoutAssignmentStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dueAt: Date | null;

  @ApiProperty({ type: String, nullable: true, description: 'A recurrence rule of RFC 5545' })
  recurrence: string | null;

  constructor(assignment: WorkoutAssignment) {
    super(assignment);
    this.workoutSessionId = assignment.workoutSessionId;
    this.playerId = assignment.playerId;
    this.teamId = assignment.teamId;
    this.status = assignment.status;
    this.dueAt = assignment.dueAt;
    this.recurrence = assignment.recurrence;
  }
}
