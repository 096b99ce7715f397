/**
 * Bounds what a transaction queues for locks altogether. `lock_timeout` is per lock: over ten tables it would allow ten times as long, with
 * the first ones locked meanwhile. So a second session looks whether the first still queues when its time is up, and cancels it then. One
 * that has its locks and works is left alone, however long that takes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { MigratorError } from '../errors';

const LOOKS_EVERY_MS = 10;

/** Roles may cancel what they themselves do. */
const CANCEL_WHEN_QUEUEING = `SELECT pg_cancel_backend(pid) AS "wasCancelled" FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'`;

/** Ends the watching. @returns whether it cancelled a statement */
export type EndWatch = () => Promise<boolean>;

export class LockWatch {
  /** @param session without one each lock has its own time: no reason to fail */
  private constructor(private readonly session: Client | undefined) {}

  /** @param connect opens the second session; before there is a lock, so that nobody waits for that */
  static async open(connect: () => Promise<Client>): Promise<LockWatch> {
    try {
      return new LockWatch(await connect());
    } catch (error) {
      if (error instanceof MigratorError && error.code === 'CANNOT_CONNECT') return new LockWatch(undefined);
      throw error;
    }
  }

  /** @param pid of the session to cancel when it queues `allowedMs` from now */
  start(pid: number, allowedMs: number): EndWatch {
    const ended = new AbortController();
    // A second session that is lost is the same as none; the first one says what is the matter with the server.
    const watching = this.session && watch(this.session, pid, allowedMs, ended.signal).catch(() => false);
    return async () => {
      ended.abort();
      return (await watching) ?? false;
    };
  }

  async end(): Promise<void> {
    await this.session?.end();
  }
}

async function watch(session: Client, pid: number, allowedMs: number, ended: AbortSignal): Promise<boolean> {
  for (let wait = allowedMs; await passed(wait, ended); wait = LOOKS_EVERY_MS) {
    const { rows } = await session.query<{ wasCancelled: boolean }>(CANCEL_WHEN_QUEUEING, [pid]);
    if (rows[0]?.wasCancelled) return true;
  }
  return false;
}

/** @returns false when it ended before */
async function passed(ms: number, ended: AbortSignal): Promise<boolean> {
  try {
    await pause(ms, undefined, { signal: ended });
    return true;
  } catch (error) {
    if (ended.aborted) return false;
    throw error;
  }
}
