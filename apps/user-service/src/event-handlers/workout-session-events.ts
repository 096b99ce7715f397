import {
  keepNewest,
  keepTombstone,
  OnEvent,
  OnSnapshot,
  WORKOUT_SESSION,
  WORKOUT_SESSION_CREATED,
  WORKOUT_SESSION_DELETED,
  WORKOUT_SESSION_UPDATED,
  type AggregateDeleted,
  type ReceivedEvent,
  type SnapshotItem,
  type WorkoutSessionState,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownWorkoutSession } from '../entities/known-workout-session';

type Item = Pick<SnapshotItem, 'aggregateId' | 'sequence'>;

/** Keeps `known_workout_sessions` as the training-service tells it. */
@Injectable()
export class WorkoutSessionEvents {
  @OnEvent(WORKOUT_SESSION_CREATED)
  created(event: ReceivedEvent<WorkoutSessionState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(WORKOUT_SESSION_UPDATED)
  updated(event: ReceivedEvent<WorkoutSessionState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(WORKOUT_SESSION_DELETED)
  deleted(event: ReceivedEvent<AggregateDeleted>, manager: EntityManager): Promise<void> {
    return forget(manager, event, new Date(event.data.deletedAt));
  }

  @OnSnapshot(WORKOUT_SESSION)
  snapshot(item: SnapshotItem<WorkoutSessionState>, manager: EntityManager): Promise<void> {
    return item.data ? keep(manager, item, item.data) : forget(manager, item, new Date());
  }
}

function keep(
  manager: EntityManager,
  { aggregateId: id, sequence }: Item,
  { teamId, title, status }: WorkoutSessionState,
): Promise<void> {
  return keepNewest(manager, KnownWorkoutSession, { id, sequence, teamId, title, status, deletedAt: null });
}

function forget(manager: EntityManager, { aggregateId: id, sequence }: Item, deletedAt: Date): Promise<void> {
  return keepTombstone(manager, KnownWorkoutSession, { id, sequence, deletedAt });
}
