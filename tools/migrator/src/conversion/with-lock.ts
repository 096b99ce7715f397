/**
 * The one way in which a conversion takes locks that clients could wait behind.
 *
 * A statement that queues for such a lock makes everybody who comes after it queue as well, so it may queue for a moment
 * only: it gives way, waits with nothing in its hands, and comes back. The longest time that it can make a client wait is
 * one attempt, whatever number of locks that takes, and each attempt is on record in `id_conversion.lock_attempts`.
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
import { LockWatch, type EndWatch } from './lock-watch';

/** How long one attempt queues: for one lock by `lock_timeout`, for all of them together by lock-watch.ts. */
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

/** What `withLock` does, by sessions that are there already. */
type ObtainLocks = <T>(locked: LockedWork, work: (query: Query) => Promise<T>) => Promise<T>;

/**
 * Runs `work` in a transaction that gives way instead of queueing; again and again, until it has its locks.
 * @param work may run more than once; what it did is rolled back then
 * @throws MigratorError LOCK_NOT_OBTAINED after ten minutes; whatever else `work` throws, at once
 */
export function withLock<T>(
  database: ConversionDatabase,
  locked: LockedWork,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  return underWatch(database, (obtain) => obtain(locked, work));
}

/** Statements in one transaction that gives way. */
export function runLocked(
  database: ConversionDatabase,
  locked: LockedWork,
  statements: readonly string[],
): Promise<void> {
  return withLock(database, locked, async (query) => {
    for (const statement of statements) await query(statement);
  });
}

/** Each statement in a transaction of its own that gives way. */
export async function runEachLocked(
  database: ConversionDatabase,
  locked: LockedWork,
  statements: readonly string[],
): Promise<void> {
  if (statements.length === 0) return;
  await underWatch(database, async (obtain) => {
    for (const statement of statements) await obtain(locked, (query) => query(statement));
  });
}

/** One second session watches over all that `work` obtains. */
async function underWatch<T>(
  database: ConversionDatabase,
  work: (obtain: ObtainLocks) => Promise<T>,
): Promise<T> {
  const settings = await settingsOf(database.query);
  const watch = await LockWatch.open(() => database.connect());
  try {
    return await work((locked, whenObtained) =>
      obtainLocks({ database, settings, watch }, locked, whenObtained),
    );
  } finally {
    await watch.end();
  }
}

interface Attempts {
  readonly database: ConversionDatabase;
  /** See `settingsOf`. */
  readonly settings: string;
  readonly watch: LockWatch;
}

async function obtainLocks<T>(
  attempts: Attempts,
  { what, conversion }: LockedWork,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const { database } = attempts;
  const givesUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const startedAt = performance.now();
    const attempt = await tryOnce(attempts, work);
    const tookMs = performance.now() - startedAt;
    await record(database.query, { conversion, what, tookMs, outcome: attempt.outcome });
    if (attempt.outcome === 'done') return attempt.result;
    if (Date.now() > givesUpAt) throw await notObtained(database, what, attempt.error);
    await pause(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least));
  }
}

type Attempt<T> =
  | { readonly outcome: 'done'; readonly result: T }
  | { readonly outcome: 'gave-way'; readonly error: unknown };

async function tryOnce<T>(
  { database, settings, watch }: Attempts,
  work: (query: Query) => Promise<T>,
): Promise<Attempt<T>> {
  let endWatch: EndWatch = () => Promise.resolve(false);
  try {
    const result = await database.transaction(async (query) => {
      const [session] = await query<{ pid: number }>(`SELECT ${settings}, pg_backend_pid() AS "pid"`);
      endWatch = watch.start(session!.pid, LOCK_TIMEOUT_MS);
      return work(query);
    });
    return { outcome: 'done', result };
  } catch (error) {
    const wasCutShort = (await endWatch()) && sqlstateOf(error) === SQLSTATE.queryCancelled;
    if (!wasCutShort && !isRetryable(error)) throw error;
    return { outcome: 'gave-way', error };
  } finally {
    // Before this session's next statement, which a late cancellation would hit.
    await endWatch();
  }
}

/** Those of an attempt, for the SELECT of its transaction. */
async function settingsOf(query: Query): Promise<string> {
  const [row] = await query<{ mayShorten: boolean }>(
    `SELECT has_parameter_privilege(current_user, 'deadlock_timeout', 'SET') AS "mayShorten"`,
  );
  const lockTimeout = `set_config('lock_timeout', '${LOCK_TIMEOUT_MS}ms', true)`;
  return row!.mayShorten
    ? `${lockTimeout}, set_config('deadlock_timeout', '${DEADLOCK_TIMEOUT_MS}ms', true)`
    : lockTimeout;
}

interface RecordedAttempt {
  readonly conversion: string;
  readonly what: string;
  readonly tookMs: number;
  readonly outcome: 'done' | 'gave-way';
}

/** By a statement of its own: an attempt that was rolled back is on record, too. */
async function record(query: Query, { conversion, what, tookMs, outcome }: RecordedAttempt): Promise<void> {
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
