/**
 * One migrator at a time per database: a session advisory lock, which Postgres gives back when the session ends,
 * however it ends. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Query } from '../pg/query';

/** Any two numbers that nobody else uses; advisory locks are per database. "hock", 1. */
const LOCK_KEY = [0x686f636b, 1] as const;
const IS_THE_LOCK = `locktype = 'advisory' AND granted AND classid = $1 AND objid = $2 AND objsubid = 2
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
const POLL_MS = 150;
const TELL_AGAIN_MS = 60_000;

/**
 * Waits until this session has the lock. It asks again and again rather than wait inside Postgres: a session that
 * waits there holds a snapshot, for which CREATE INDEX CONCURRENTLY in the lock's holder would wait in turn.
 * @param onWait told whom it waits for, at once and then every minute
 */
export async function acquireMigratorLock(query: Query, onWait: (holder: string) => void): Promise<void> {
  let tellAt = Date.now();
  while (!(await tryLock(query))) {
    if (Date.now() >= tellAt) {
      onWait(await describeHolder(query));
      tellAt = Date.now() + TELL_AGAIN_MS;
    }
    await pause(POLL_MS / 2 + Math.random() * POLL_MS);
  }
}

async function tryLock(query: Query): Promise<boolean> {
  const [row] = await query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', [
    ...LOCK_KEY,
  ]);
  return row?.locked === true;
}

/** Whether any session has the lock. */
export async function isMigratorAtWork(query: Query): Promise<boolean> {
  const [row] = await query<{ held: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_locks WHERE ${IS_THE_LOCK}) AS held`,
    [...LOCK_KEY],
  );
  return row?.held === true;
}

async function describeHolder(query: Query): Promise<string> {
  const [row] = await query<{ holder: string }>(
    `SELECT format('%s, process %s of user %s%s, since %s', coalesce(nullif(a.application_name, ''), 'a session'), a.pid,
                   a.usename, coalesce(' from ' || host(a.client_addr), ''), to_char(a.backend_start, 'HH24:MI:SS')) AS holder
     FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE ${IS_THE_LOCK}`,
    [...LOCK_KEY],
  );
  return row?.holder ?? 'a session that has just ended';
}
