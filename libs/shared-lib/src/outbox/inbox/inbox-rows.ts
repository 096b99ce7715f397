/** The statements of the inbox. Owns the SQL, decides nothing. */
import type { EntityManager } from 'typeorm';
import { preparedQuery, type PreparedStatement } from '../../database/prepared-query';
import type { Subscription } from './handlers';

type Aggregate = Pick<Subscription, 'source' | 'aggregate'>;

export interface PendingEvent {
  readonly aggregateId: string;
  readonly sequence: number;
  readonly message: Uint8Array;
  readonly attempts: number;
  /** Whether its next attempt may be made now. */
  readonly isDue: boolean;
}

/** How far an id is. */
export interface Counter {
  readonly lastSequence: number;
  /**
   * Whether something of it waits. May miss what another process put there a moment before it gave the row's lock to us; the
   * retries find that.
   */
  readonly hasPending: boolean;
}

/**
 * How far these ids are, each one's row locked until the end of the transaction: two processes of a service never work on
 * one id at once.
 * @param ids sorted, so that everybody locks them in one order
 */
export async function lockCounters(
  manager: EntityManager,
  aggregate: Aggregate,
  ids: readonly string[],
): Promise<Map<string, Counter>> {
  const counters = await lock(manager, MAKE_AND_LOCK, aggregate, ids);
  // Somebody else heard of them for the first time in the same moment: they are there for the next statement to see.
  const missing = ids.filter((id) => !counters.has(id));
  if (missing.length === 0) return counters;
  return new Map([...counters, ...(await lock(manager, LOCK, aggregate, missing))]);
}

/** An id at a time: no plan of Postgres's can make it read all that was ever heard of, whatever it knows of the table. */
const EXISTING = `
  SELECT counter.* FROM unnest($3::text[]) AS wanted (id) CROSS JOIN LATERAL (
    SELECT "aggregate_id", "last_sequence",
           EXISTS (SELECT FROM "inbox_events" AS event
                    WHERE event."source" = $1 AND event."aggregate" = $2 AND event."aggregate_id" = wanted.id) AS has_pending
      FROM "inbox_aggregates" WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = wanted.id FOR UPDATE) AS counter`;

const LOCK: PreparedStatement = { name: 'inbox-lock', text: EXISTING };

/** Those that are new are made before any is locked: whoever holds a lock never waits for somebody who makes one. */
const MAKE_AND_LOCK: PreparedStatement = {
  name: 'inbox-make-and-lock',
  text: `
    WITH made AS (
      INSERT INTO "inbox_aggregates" ("source", "aggregate", "aggregate_id")
      SELECT $1::varchar, $2::varchar, wanted.id FROM unnest($3::text[]) WITH ORDINALITY AS wanted (id, place)
       WHERE NOT EXISTS (SELECT FROM "inbox_aggregates" WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = wanted.id)
       ORDER BY wanted.place ON CONFLICT DO NOTHING
      RETURNING "aggregate_id", "last_sequence"
    )
    SELECT "aggregate_id", "last_sequence", false AS has_pending FROM made
     UNION ALL (${EXISTING})`,
};

async function lock(
  manager: EntityManager,
  statement: PreparedStatement,
  { source, aggregate }: Aggregate,
  ids: readonly string[],
): Promise<Map<string, Counter>> {
  const rows = await preparedQuery<{ aggregate_id: string; last_sequence: string; has_pending: boolean }>(
    manager,
    statement,
    [source, aggregate, ids],
  );
  return new Map(
    rows.map((row) => [
      row.aggregate_id,
      { lastSequence: Number(row.last_sequence), hasPending: row.has_pending },
    ]),
  );
}

const SAVE: PreparedStatement = {
  name: 'inbox-save',
  text: `
    INSERT INTO "inbox_aggregates" ("source", "aggregate", "aggregate_id", "last_sequence")
    SELECT $1, $2, * FROM unnest($3::text[], $4::bigint[])
    ON CONFLICT ("source", "aggregate", "aggregate_id") DO UPDATE SET "last_sequence" = excluded."last_sequence"`,
};

/** Of ids whose counters this transaction has locked. */
export async function saveCounters(
  manager: EntityManager,
  { source, aggregate }: Aggregate,
  counters: ReadonlyMap<string, number>,
): Promise<void> {
  if (counters.size === 0) return;
  await preparedQuery(manager, SAVE, [source, aggregate, [...counters.keys()], [...counters.values()]]);
}

/** The first ones of what waits, at most `limit`, by id and sequence. */
export async function pendingEvents(
  manager: EntityManager,
  { source, aggregate }: Aggregate,
  ids: readonly string[],
  limit: number,
): Promise<PendingEvent[]> {
  const rows = await manager.query<
    { aggregate_id: string; sequence: string; message: Buffer; attempts: number; is_due: boolean }[]
  >(
    `SELECT "aggregate_id", "sequence", "message", "attempts", "next_attempt_at" <= clock_timestamp() AS is_due
       FROM "inbox_events" WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = ANY ($3)
      ORDER BY "aggregate_id", "sequence" LIMIT $4`,
    [source, aggregate, ids, limit],
  );
  return rows.map((row) => ({
    aggregateId: row.aggregate_id,
    sequence: Number(row.sequence),
    message: row.message,
    attempts: row.attempts,
    isDue: row.is_due,
  }));
}

export async function keepPending(
  manager: EntityManager,
  { source, aggregate }: Aggregate,
  events: readonly Pick<PendingEvent, 'aggregateId' | 'sequence' | 'message'>[],
): Promise<void> {
  if (events.length === 0) return;
  await manager.query(
    `INSERT INTO "inbox_events" ("source", "aggregate", "aggregate_id", "sequence", "message")
     SELECT $1, $2, * FROM unnest($3::text[], $4::bigint[], $5::bytea[]) ON CONFLICT DO NOTHING`,
    [
      ...[source, aggregate, events.map(({ aggregateId }) => aggregateId)],
      ...[events.map(({ sequence }) => sequence), events.map(({ message }) => Buffer.from(message))],
    ],
  );
}

/** What is done up to and with that sequence waits no longer. */
export async function dropPending(
  manager: EntityManager,
  { source, aggregate }: Aggregate,
  done: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [id, sequence] of done) {
    await manager.query(
      `DELETE FROM "inbox_events"
        WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = $3 AND "sequence" <= $4`,
      [source, aggregate, id, sequence],
    );
  }
}

/** How often an event that waits was tried; 0 when it does not wait. */
export async function attemptsAt(
  manager: EntityManager,
  { source, aggregate }: Aggregate,
  { aggregateId, sequence }: Pick<PendingEvent, 'aggregateId' | 'sequence'>,
): Promise<number> {
  const [row] = await manager.query<{ attempts: number }[]>(
    `SELECT "attempts" FROM "inbox_events"
      WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = $3 AND "sequence" = $4`,
    [source, aggregate, aggregateId, sequence],
  );
  return row?.attempts ?? 0;
}

export async function postpone(
  manager: EntityManager,
  { source, aggregate }: Aggregate,
  { aggregateId, sequence }: Pick<PendingEvent, 'aggregateId' | 'sequence'>,
  { error, pauseMs }: { readonly error: string; readonly pauseMs: number },
): Promise<void> {
  await manager.query(
    `UPDATE "inbox_events" SET "attempts" = "attempts" + 1, "error" = $5,
            "next_attempt_at" = clock_timestamp() + make_interval(secs => $6::float8 / 1000)
      WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = $3 AND "sequence" = $4`,
    [source, aggregate, aggregateId, sequence, error, pauseMs],
  );
}
