import { WORKOUT_SESSION_UPDATED, type Outbox } from '@hockey-hub/shared-lib';
import { type EntityManager, In } from 'typeorm';
import { WorkoutAssignment, WorkoutAssignmentStatus } from '../entities/workout-assignment';
import { WorkoutSession, WorkoutSessionStatus } from '../entities/workout-session';
import { workoutSessionState } from '../publishing/workout-session-state';
import { WORKOUT_ASSIGNMENT_LIFECYCLE } from '../workout-assignments/workout-assignment-lifecycle';
import { cancelOpenWork } from '../workout-sessions/cancel-open-work';
import { WORKOUT_SESSION_LIFECYCLE } from '../workout-sessions/workout-session-lifecycle';
import { cancelPlans } from './cancel-plans';

/**
 * What becomes of the training of a team that is gone: its sessions that are not over are cancelled with all that was to be
 * done in them, and so is what other sessions had for the team, and its development plans. What is over stays, and points
 * to the tombstone. The user-service refuses to delete a team that it knows to have sessions, so these are ones that were
 * planned at the same moment.
 *
 * Does the same however often it is done.
 */
export async function teamDeleted(manager: EntityManager, outbox: Outbox, teamId: string): Promise<void> {
  await cancelSessions(manager, outbox, teamId);
  await manager.update(
    WorkoutAssignment,
    { teamId, status: In(WORKOUT_ASSIGNMENT_LIFECYCLE.before(WorkoutAssignmentStatus.Cancelled)) },
    { status: WorkoutAssignmentStatus.Cancelled },
  );
  await cancelPlans(manager, { teamId });
}

async function cancelSessions(manager: EntityManager, outbox: Outbox, teamId: string): Promise<void> {
  const status = WorkoutSessionStatus.Cancelled;
  const sessions = await manager.find(WorkoutSession, {
    where: { teamId, status: In(WORKOUT_SESSION_LIFECYCLE.before(status)) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  if (sessions.length === 0) return;
  const cancelled = await manager.save(sessions.map((session) => Object.assign(session, { status })));
  await cancelOpenWork(manager, { workoutSessionId: In(cancelled.map(({ id }) => id)) });
  await outbox.publishAll(
    manager,
    cancelled.map((session) => ({
      contract: WORKOUT_SESSION_UPDATED,
      aggregateId: session.id,
      data: workoutSessionState(session),
    })),
  );
}
