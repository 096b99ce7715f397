import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type WorkoutExecution, WorkoutExecutionStatus } from '../../entities/workout-execution';
import { ExerciseExecutionResource } from './exercise-execution.resource';

/** One player doing one session, as the API shows it. */
export class WorkoutExecutionResource extends VersionedResource {
  @ApiProperty({ type: String, format: 'uuid' })
  workoutSessionId: string;

  @ApiProperty({ type: String, format: 'uuid' })
  playerId: string;

  @ApiProperty({ enum: WorkoutExecutionStatus, enumName: 'WorkoutExecutionStatus' })
  status: WorkoutExecutionStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  completedAt: Date | null;

  @ApiProperty({ type: 'integer', nullable: true })
  minHeartRateBpm: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  averageHeartRateBpm: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  maxHeartRateBpm: number | null;

  @ApiProperty({ type: [Number], nullable: true, description: 'Easiest zone first' })
  heartRateZoneSeconds: number[] | null;

  @ApiPropertyOptional({
    type: [ExerciseExecutionResource],
    description: "In the session's order; left out of lists of executions",
  })
  exercises?: ExerciseExecutionResource[];

  constructor(execution: WorkoutExecution) {
    super(execution);
    this.workoutSessionId = execution.workoutSessionId;
    this.playerId = execution.playerId;
    this.status = execution.status;
    this.startedAt = execution.startedAt;
    this.completedAt = execution.completedAt;
    this.minHeartRateBpm = execution.minHeartRateBpm;
    this.averageHeartRateBpm = execution.averageHeartRateBpm;
    this.maxHeartRateBpm = execution.maxHeartRateBpm;
    this.heartRateZoneSeconds = execution.heartRateZoneSeconds;
    this.exercises = execution.exerciseExecutions?.map((row) => new ExerciseExecutionResource(row));
  }
}
