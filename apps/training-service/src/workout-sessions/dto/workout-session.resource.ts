import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type WorkoutSession, WorkoutSessionStatus, WorkoutType } from '../../entities/workout-session';
import { ExerciseResource } from '../../exercises/dto/exercise.resource';

/** A session as the API shows it. */
export class WorkoutSessionResource extends VersionedResource {
  @ApiProperty({ type: String, format: 'uuid' })
  teamId: string;

  @ApiProperty({ type: String, format: 'uuid' })
  createdBy: string;

  @ApiProperty({ type: String })
  title: string;

  @ApiProperty({ enum: WorkoutType, enumName: 'WorkoutType' })
  type: WorkoutType;

  @ApiProperty({ enum: WorkoutSessionStatus, enumName: 'WorkoutSessionStatus' })
  status: WorkoutSessionStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  scheduledAt: Date | null;

  @ApiProperty({ type: 'integer', nullable: true })
  durationMinutes: number | null;

  @ApiProperty({ type: String, nullable: true })
  location: string | null;

  @ApiPropertyOptional({
    type: [ExerciseResource],
    description: 'In their order; left out of lists of sessions',
  })
  exercises?: ExerciseResource[];

  constructor(session: WorkoutSession) {
    super(session);
    this.teamId = session.teamId;
    this.createdBy = session.createdBy;
    this.title = session.title;
    this.type = session.type;
    this.status = session.status;
    this.scheduledAt = session.scheduledAt;
    this.durationMinutes = session.durationMinutes;
    this.location = session.location;
    this.exercises = session.exercises?.map((exercise) => new ExerciseResource(exercise));
  }
}
