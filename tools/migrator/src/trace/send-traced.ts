/**
 * Sends one statement of a migration and records what it did. Three ways, by what Postgres allows:
 *
 *   in the migration's transaction   observed right after the statement: exact
 *   outside one                      in a transaction of its own, observed before it is committed: exact
 *   not allowed in a transaction     (CREATE INDEX CONCURRENTLY, VACUUM) watched from a second session: sampled, so a
 *                                    lock that is held for less than a round trip can be missed
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Send } from '../apply/watch-statements';
import type { Query } from '../pg/query';
import { sqlstateOf } from '../pg/sqlstate';
import { observe, observeLocks, type KnownTable } from './observe-session';
import type { Stopwatch } from './stopwatch';
import type { TraceRecord } from './trace-record';

/** Sessions, and what is known of them. */
export interface TracedSession {
  /** The migration's own connection, which alone knows whether a transaction is open. */
  readonly client: Client;
  readonly query: Query;
  readonly pid: number;
  /** A second session of the same database, made when it is needed first. */
  readonly watcher: () => Promise<Query>;
}

export interface Tracing {
  readonly session: TracedSession;
  readonly tables: readonly KnownTable[];
  readonly record: TraceRecord;
  readonly stopwatch: Stopwatch;
}

/** `active_sql_transaction`, and the like for a procedure that commits. What it did until then is rolled back. */
const NOT_IN_A_TRANSACTION = ['25001', '2D000'];
const OPENS_TRANSACTION = /^\s*(begin|start\s+transaction)\b/i;
const LONGEST_PAUSE_MS = 50;

/** @param statement its index in the migration */
export async function sendTraced(
  tracing: Tracing,
  send: Send,
  sql: string,
  statement: number,
): Promise<unknown> {
  const { session, stopwatch } = tracing;
  const moment = { statement, since: stopwatch.now() };
  if (inTransaction(session) || OPENS_TRANSACTION.test(sql)) {
    const result = await send();
    await observeAfter(tracing, moment);
    return result;
  }
  await stopwatch.pause(() => session.query('BEGIN'));
  try {
    await compareFromHere(tracing);
    const result = await send();
    await observeAfter(tracing, moment);
    await session.query('COMMIT');
    tracing.record.transactionEnded(stopwatch.now());
    return result;
  } catch (error) {
    await rollBack(session);
    if (!NOT_IN_A_TRANSACTION.includes(sqlstateOf(error) ?? '')) throw error;
    return sendSampled(tracing, send, { statement, since: stopwatch.now() });
  }
}

async function rollBack({ query }: TracedSession): Promise<void> {
  try {
    await query('ROLLBACK');
  } catch {
    // A connection that cannot roll back is gone, and Postgres has undone its transaction. The caller tells the first error.
  }
}

/** What later observations are compared with. */
export async function compareFromHere({ session, tables, record, stopwatch }: Tracing): Promise<void> {
  await stopwatch.pause(async () => record.compareWith(await observe(session.query, session.pid, tables)));
}

type Moment = Parameters<TraceRecord['observed']>[1];

async function observeAfter(tracing: Tracing, moment: Moment): Promise<void> {
  const { session, tables, record, stopwatch } = tracing;
  // The migration may have ended its transaction by itself.
  if (!inTransaction(session)) return record.transactionEnded(stopwatch.now());
  await stopwatch.pause(async () =>
    record.observed(await observe(session.query, session.pid, tables), moment, stopwatch.now()),
  );
}

function inTransaction({ client }: TracedSession): boolean {
  return client.getTransactionStatus() === 'T';
}

async function sendSampled(tracing: Tracing, send: Send, { statement, since }: Moment): Promise<unknown> {
  const { session, tables, record, stopwatch } = tracing;
  const watcher = await stopwatch.pause(session.watcher);
  await compareFromHere(tracing);
  let ended = false;
  const sampling = async () => {
    while (!ended) {
      const now = stopwatch.now();
      record.locksSeen(await observeLocks(watcher, session.pid, tables), { statement, since: now }, now);
      // One part in a hundred is precise enough, and hours of asking without pause would be a load of its own.
      await pause(Math.min((now - since) / 100, LONGEST_PAUSE_MS));
    }
  };
  const sending = send().finally(() => {
    ended = true;
  });
  const [sent, sampled] = await Promise.allSettled([sending, sampling()]);
  record.transactionEnded(stopwatch.now());
  if (sent.status === 'rejected') throw sent.reason;
  if (sampled.status === 'rejected') throw sampled.reason;
  await stopwatch.pause(async () => {
    const { tables: after } = await observe(session.query, session.pid, tables);
    record.observed({ locks: [], tables: after }, { statement, since }, stopwatch.now());
  });
  return sent.value;
}
