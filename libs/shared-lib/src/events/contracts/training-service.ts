/**
 * What the training-service tells about workouts: the sessions that teams have. What players do in them (assignments,
 * executions, loads) is about people and their health, and stays inside. Moments are ISO 8601 in UTC.
 */
import { IsIn, IsISO8601, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineAggregate } from '../aggregate-contract';
import { defineEvent } from '../event-contract';
import { AggregateDeleted } from './aggregate-deleted';

const service = 'training-service';

export const WORKOUT_SESSION_STATUSES = ['draft', 'scheduled', 'active', 'completed', 'cancelled'] as const;

export class WorkoutSessionState {
  @IsUUID()
  teamId!: string;

  @IsString()
  @IsNotEmpty()
  title!: string;

  @IsIn(WORKOUT_SESSION_STATUSES)
  status!: (typeof WORKOUT_SESSION_STATUSES)[number];

  /** Null while a draft has no time yet. */
  @IsOptional()
  @IsISO8601({ strict: true })
  scheduledAt!: string | null;
}

export const WORKOUT_SESSION = defineAggregate({
  service,
  aggregate: 'workout-session',
  state: WorkoutSessionState,
});
export const WORKOUT_SESSION_CREATED = defineEvent({
  ...WORKOUT_SESSION,
  verb: 'created',
  data: WorkoutSessionState,
});
export const WORKOUT_SESSION_UPDATED = defineEvent({
  ...WORKOUT_SESSION,
  verb: 'updated',
  data: WorkoutSessionState,
});
export const WORKOUT_SESSION_DELETED = defineEvent({
  ...WORKOUT_SESSION,
  verb: 'deleted',
  data: AggregateDeleted,
});

export const TRAINING_SERVICE_EVENTS = [
  WORKOUT_SESSION_CREATED,
  WORKOUT_SESSION_UPDATED,
  WORKOUT_SESSION_DELETED,
];
