/**
 * How every feature makes sure that a session stays as it is while something that depends on it is written.
 * A session is locked before what belongs to it and after what is known of its team and players, always, so that two
 * requests cannot wait for each other.
 * Locks last until the transaction ends: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS
 */
import type { EntityManager } from 'typeorm';
import { WorkoutSession } from '../entities/workout-session';
import { UnknownReferenceError } from '../resources/unknown-reference-error';
import { SessionStateError } from './session-state-error';
import { WORKOUT_SESSION_LIFECYCLE } from './workout-session-lifecycle';

/** The session, locked for a change of itself or of its exercises. @throws EntityNotFoundError */
export function holdSession(manager: EntityManager, id: string): Promise<WorkoutSession> {
  return manager.findOneOrFail(WorkoutSession, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

/** As `holdSession`, of a session whose plan can still change. @throws also SessionStateError */
export async function holdOpenSession(manager: EntityManager, id: string): Promise<WorkoutSession> {
  const session = await holdSession(manager, id);
  assertNotClosed(session);
  return session;
}

/**
 * The session that a request's `workoutSessionId` names. Its status cannot change until the transaction ends;
 * others may refer to it at the same time.
 *
 * @throws UnknownReferenceError
 */
export async function holdReferencedSession(manager: EntityManager, id: string): Promise<WorkoutSession> {
  const session = await manager.findOne(WorkoutSession, {
    where: { id },
    lock: { mode: 'pessimistic_read' },
  });
  if (!session) throw unknownSession(id);
  return session;
}

/**
 * The team of the session that a request's `workoutSessionId` names: a session never changes its team, so it is not locked.
 *
 * @throws UnknownReferenceError
 */
export async function teamOfSession(manager: EntityManager, id: string): Promise<string> {
  const session = await manager.findOne(WorkoutSession, { select: { teamId: true }, where: { id } });
  if (!session) throw unknownSession(id);
  return session.teamId;
}

/** @throws SessionStateError */
export function assertNotClosed({ status }: WorkoutSession): void {
  if (WORKOUT_SESSION_LIFECYCLE.isFinal(status)) throw new SessionStateError('SESSION_CLOSED', status);
}

function unknownSession(id: string): UnknownReferenceError {
  return new UnknownReferenceError('workoutSessionId', `There is no workout session ${id}.`);
}
