/** What this service answers when another one asks for all that it may know: the state of every row, page by page. */
import {
  SnapshotOf,
  WORKOUT_SESSION,
  type SnapshotQuery,
  type SnapshotRow,
  type WorkoutSessionState,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { WorkoutSession } from '../entities/workout-session';
import { workoutSessionState } from '../publishing/workout-session-state';

@Injectable()
export class Snapshots {
  @SnapshotOf(WORKOUT_SESSION)
  async workoutSessions(
    manager: EntityManager,
    { after, ids, limit }: SnapshotQuery,
  ): Promise<SnapshotRow<WorkoutSessionState>[]> {
    const query = manager
      .createQueryBuilder(WorkoutSession, 'session')
      .orderBy('session.id', 'ASC')
      .limit(limit);
    if (after !== undefined) query.andWhere('session.id > :after', { after });
    if (ids !== undefined) query.andWhere('session.id = ANY (:ids)', { ids });
    const sessions = await query.getMany();
    return sessions.map((session) => ({ aggregateId: session.id, data: workoutSessionState(session) }));
  }
}
