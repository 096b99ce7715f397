/**
 * The one way in which a conversion takes locks that clients could wait behind.
 *
 * A statement that queues for such a lock makes everybody who comes after it queue as well, so it may queue for a moment
 * only: it gives way, waits with nothing in its hands, and comes back. The longest time that it can make a client wait is
 * one attempt, and each attempt is on record in `id_conversion.lock_attempts`.
 *
 * Autovacuum gives its lock up only to somebody who has waited for `deadlock_timeout` (a second by default), so that is made
 * shorter than the attempt, where the role may: GRANT SET ON PARAMETER deadlock_timeout, from Postgres 15 on.
 * https://www.postgresql.org/docs/current/runtime-config-locks.html
 */
import { setTimeout as pause } from 'node:timers/promises';
import { escapeLiteral } from 'pg';
import { MigratorError } from '../errors';
import { isRetryable, SQLSTATE, sqlstateOf } from '../pg/sqlstate';
import type { Query } from '../pg/query';
import type { ConversionDatabase } from './conversion-database';

/** How long one attempt queues. */
const LOCK_TIMEOUT_MS = 50;
const DEADLOCK_TIMEOUT_MS = 20;
const PAUSE_MS = { least: 100, most: 400 } as const;
/** After that, somebody has to look who holds the lock. */
const PATIENCE_MS = 10 * 60 * 1_000;

export interface LockedWork {
  /** For the record and for messages: `users: the switch`. */
  readonly what: string;
  readonly conversion: string;
}

/**
 * Runs `work` in a transaction that gives way instead of queueing; again and again, until it has its locks.
 * @param work may run more than once; what it did is rolled back then
 * @throws MigratorError LOCK_NOT_OBTAINED after ten minutes; whatever else `work` throws, at once
 */
export async function withLock<T>(
  database: ConversionDatabase,
  { what, conversion }: LockedWork,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const mayShorten = await maySetDeadlockTimeout(database.query);
  const givesUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const startedAt = performance.now();
    try {
      const result = await database.transaction(async (query) => {
        await query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
        if (mayShorten) await query(`SET LOCAL deadlock_timeout = ${DEADLOCK_TIMEOUT_MS}`);
        return work(query);
      });
      await record(database.query, {
        conversion,
        what,
        tookMs: performance.now() - startedAt,
        outcome: 'done',
      });
      return result;
    } catch (error) {
      if (!isRetryable(error)) throw error;
      const tookMs = performance.now() - startedAt;
      await record(database.query, { conversion, what, tookMs, outcome: 'gave-way' });
      if (Date.now() > givesUpAt) throw await notObtained(database, what, error);
      await pause(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least));
    }
  }
}

/** Statements in one transaction that gives way. */
export function runLocked(
  database: ConversionDatabase,
  work: LockedWork,
  statements: readonly string[],
): Promise<void> {
  return withLock(database, work, async (query) => {
    for (const statement of statements) await query(statement);
  });
}

async function maySetDeadlockTimeout(query: Query): Promise<boolean> {
  const [row] = await query<{ may: boolean }>(
    `SELECT has_parameter_privilege(current_user, 'deadlock_timeout', 'SET') AS may`,
  );
  return row!.may;
}

interface Attempt {
  readonly conversion: string;
  readonly what: string;
  readonly tookMs: number;
  readonly outcome: 'done' | 'gave-way';
}

/** By a statement of its own: an attempt that was rolled back is on record, too. */
async function record(query: Query, { conversion, what, tookMs, outcome }: Attempt): Promise<void> {
  await query(
    `INSERT INTO "id_conversion"."lock_attempts" ("conversion", "what", "took_ms", "outcome") VALUES ($1, $2, $3, $4)`,
    [conversion, what, tookMs, outcome],
  );
}

async function notObtained(
  { service, query }: ConversionDatabase,
  what: string,
  cause: unknown,
): Promise<MigratorError> {
  const holders = await query<{ holder: string }>(
    `SELECT format('process %s of %s (%s), in its transaction since %s: %s', pid, usename,
                   coalesce(nullif(application_name, ''), 'no name'), to_char(xact_start, 'HH24:MI:SS'), left(query, 80)) AS holder
       FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < now() - ${escapeLiteral('1 minute')}::interval
      ORDER BY xact_start LIMIT 5`,
  );
  const who =
    holders.length > 0
      ? `These transactions are old: ${holders.map(({ holder }) => holder).join('; ')}.`
      : 'No transaction is old; something takes the lock again and again.';
  const state = sqlstateOf(cause) ?? SQLSTATE.lockNotAvailable;
  return new MigratorError(
    'LOCK_NOT_OBTAINED',
    `${service}: ${what} did not get its locks within ten minutes (SQLSTATE ${state}). ${who} Nothing of it was done; let them ` +
      'end, and run again: it goes on from here.',
    { cause },
  );
}
