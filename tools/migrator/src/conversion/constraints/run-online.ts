/**
 * Statements that nobody waits behind: CREATE INDEX CONCURRENTLY, VALIDATE CONSTRAINT and the like, each a transaction of its own. They
 * may wait for others as long as that takes, so the session's lock_timeout is not theirs.
 * https://www.postgresql.org/docs/current/explicit-locking.html
 */
import { backoffMs } from '../../pg/backoff';
import { setTimeout as pause } from 'node:timers/promises';
import type { Query } from '../../pg/query';
import { isRetryable } from '../../pg/sqlstate';

const ATTEMPTS = 10;

/** Runs `statement`. @throws whatever Postgres says about it */
export async function runOnline(query: Query, statement: string): Promise<void> {
  const [row] = await query<{ timeout: string }>(
    `SELECT current_setting('lock_timeout') AS timeout, set_config('lock_timeout', '0', false)`,
  );
  try {
    await query(statement);
  } finally {
    await query(`SELECT set_config('lock_timeout', $1, false)`, [row!.timeout]);
  }
}

/**
 * Runs `work` again when another session was in its way: builds on one table, and autovacuum, can deadlock each other.
 * @param work looks at what is there first; it may find a part of it done
 */
export async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      await pause(backoffMs(attempt));
    }
  }
}
