import type { EntityManager } from 'typeorm';
import { KnownUser } from '../entities/known-user';
import { NO_MORE_NEWS } from './no-more-news';

/**
 * Lets nobody erase a person until the transaction ends.
 *
 * By an advisory lock, because there may be no row to lock: news of somebody's membership can be here before the news of that
 * person. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 *
 * @returns whether the person was erased: what is still on its way about them is not to be kept
 */
export async function holdPerson(manager: EntityManager, userId: string): Promise<{ isErased: boolean }> {
  await manager.query(`SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))`, [userId]);
  return { isErased: await manager.existsBy(KnownUser, { id: userId, sequence: NO_MORE_NEWS }) };
}

/** Waits for whatever is being written about a person, and lets nobody begin until the transaction ends. */
export async function holdPersonToErase(manager: EntityManager, userId: string): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [userId]);
}
