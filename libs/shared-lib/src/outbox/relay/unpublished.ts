/** The statements of the relay: what is to be published, and that it was. Owns the SQL, decides nothing. */
import type { EntityManager } from 'typeorm';
import { PARTITIONS } from '../partition';

/** Of all advisory locks of a database these are ours; the second number is the partition. */
const LOCK_CLASS = 0x0b0c5;

export interface UnpublishedEvent {
  readonly aggregate: string;
  readonly aggregate_id: string;
  /** bigint, as text. */
  readonly sequence: string;
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly traceparent: string | null;
  readonly occurred_at: Date;
  readonly publishes: number;
}

/**
 * Takes the partitions that have work and that no other relay is at, until the end of the transaction.
 * @param first the partition to begin with, so that several relays begin in different places
 */
export async function claimPartitions(
  manager: EntityManager,
  first: number,
  atMost: number,
): Promise<number[]> {
  const rows = await manager.query<{ partition: number }[]>(
    `WITH pending AS MATERIALIZED (
       SELECT partition FROM generate_series(0, $1 - 1) AS partition
        WHERE EXISTS (SELECT FROM "outbox_events" WHERE "published_at" IS NULL AND "outbox_events"."partition" = partition.partition)
        ORDER BY (partition + $1 - $2) % $1
     )
     SELECT partition FROM pending WHERE pg_try_advisory_xact_lock($3, partition) LIMIT $4`,
    [PARTITIONS, first, LOCK_CLASS, atMost],
  );
  return rows.map(({ partition }) => partition);
}

/**
 * The oldest unpublished events of claimed partitions. A statement of its own, after the claim: its snapshot must be younger
 * than the lock, or it would show as unpublished what the relay before us has just published.
 */
export function unpublishedEvents(
  manager: EntityManager,
  partitions: readonly number[],
  limit: number,
): Promise<UnpublishedEvent[]> {
  return manager.query<UnpublishedEvent[]>(
    `SELECT event.* FROM unnest($1::smallint[]) AS claimed (partition) CROSS JOIN LATERAL (
       SELECT "aggregate", "aggregate_id", "sequence", "id", "type", "data", "traceparent", "occurred_at", "publishes", "position"
         FROM "outbox_events" WHERE "published_at" IS NULL AND "outbox_events"."partition" = claimed.partition
        ORDER BY "position" LIMIT $2) AS event
      ORDER BY event."position"`,
    [partitions, limit],
  );
}

/** Nobody awaits some of them: these are done, and go. */
export async function markPublished(
  manager: EntityManager,
  events: readonly UnpublishedEvent[],
): Promise<void> {
  const keys = [
    events.map(({ aggregate }) => aggregate),
    events.map(({ aggregate_id }) => aggregate_id),
    events.map(({ sequence }) => sequence),
  ];
  await manager.query(
    `WITH published AS MATERIALIZED (
       SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) AS published (aggregate, aggregate_id, sequence)
     ), done AS (
       DELETE FROM "outbox_events" AS event USING published
        WHERE event."aggregate" = published.aggregate AND event."aggregate_id" = published.aggregate_id
          AND event."sequence" = published.sequence AND event."awaiting" = '{}'
     )
     UPDATE "outbox_events" AS event SET "published_at" = clock_timestamp(), "publishes" = "publishes" + 1 FROM published
      WHERE event."aggregate" = published.aggregate AND event."aggregate_id" = published.aggregate_id
        AND event."sequence" = published.sequence AND event."awaiting" <> '{}'`,
    keys,
  );
}
