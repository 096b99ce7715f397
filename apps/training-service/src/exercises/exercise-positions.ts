/**
 * The positions of a session's exercises: 1, 2, 3, ... without gaps. Callers hold the session (`holdOpenSession`),
 * so nobody else moves its exercises meanwhile. Each change is one statement, because the unique rule on positions
 * is checked at the end of a statement.
 */
import type { EntityManager } from 'typeorm';
import { Exercise } from '../entities/exercise';

/** Moves the exercises from `position` on by one place, to make room. */
export async function openPosition(
  manager: EntityManager,
  sessionId: string,
  position: number,
): Promise<void> {
  await shift(manager, sessionId, position, 1);
}

/** Moves the exercises behind `position`, which has become free, by one place. */
export async function closePosition(
  manager: EntityManager,
  sessionId: string,
  position: number,
): Promise<void> {
  await shift(manager, sessionId, position + 1, -1);
}

/** Puts a session's exercises in the order of `ids`, which are all of them. */
export async function orderExercises(
  manager: EntityManager,
  sessionId: string,
  ids: readonly string[],
): Promise<void> {
  await manager
    .createQueryBuilder()
    .update(Exercise)
    .set({ position: () => 'array_position(CAST(:ids AS uuid[]), id)' })
    .where('workout_session_id = :sessionId', { sessionId, ids })
    .execute();
}

async function shift(manager: EntityManager, sessionId: string, from: number, by: 1 | -1): Promise<void> {
  await manager
    .createQueryBuilder()
    .update(Exercise)
    .set({ position: () => `position + ${by}` })
    .where('workout_session_id = :sessionId AND position >= :from', { sessionId, from })
    .execute();
}
