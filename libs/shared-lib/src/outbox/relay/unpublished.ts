/** The statements of the relay: what is to be published, and that it was. Owns the SQL, decides nothing. */
import type { DataSource, EntityManager } from 'typeorm';
import { preparedQuery, type PreparedStatement } from '../../database/prepared-query';
import { PARTITIONS } from '../partition';

/** Of all advisory locks of a database these are ours; the second number is the partition. */
const LOCK_CLASS = 0x0b0c5;

export interface UnpublishedEvent {
  /** Where the row is: nobody moves it while it is locked. */
  readonly ctid: string;
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
  /** Whether nobody listens to it. */
  readonly is_unawaited: boolean;
  /** Whether its partition may have more than one round takes. */
  readonly has_more: boolean;
}

/**
 * What is done here may be lost with the server's last half second, and is then done again, to no harm: so these transactions
 * do not wait for the disk. https://www.postgresql.org/docs/current/wal-async-commit.html
 */
export const WITHOUT_WAITING_FOR_THE_DISK = `set_config('synchronous_commit', 'off', true)`;

const CLAIM: PreparedStatement = {
  name: 'outbox-claim',
  text: `
    WITH pending AS MATERIALIZED (
      SELECT partition FROM generate_series(0, $1 - 1) AS partition
       WHERE EXISTS (SELECT FROM "outbox_events" WHERE "published_at" IS NULL AND "outbox_events"."partition" = partition.partition)
       ORDER BY (partition + $1 - $2) % $1
    )
    SELECT (SELECT count(*) FROM pending)::int AS pending, ${WITHOUT_WAITING_FOR_THE_DISK},
           ARRAY(SELECT partition FROM pending WHERE pg_try_advisory_xact_lock($3, partition) LIMIT $4) AS claimed`,
};

export interface Claim {
  readonly claimed: readonly number[];
  /** How many partitions have work, those included that another relay is at. */
  readonly pending: number;
}

/**
 * Takes the partitions that have work and that no other relay is at, until the end of the transaction.
 * @param first the partition to begin with, so that several relays begin in different places
 */
export async function claimPartitions(manager: EntityManager, first: number, atMost: number): Promise<Claim> {
  const [claim] = await preparedQuery<Claim>(manager, CLAIM, [PARTITIONS, first, LOCK_CLASS, atMost]);
  return claim!;
}

/** Events are counted and weighed, as they are stored: a hundred of the largest ones would be fifty megabytes. */
const READ: PreparedStatement = {
  name: 'outbox-read',
  text: `
    SELECT event.* FROM unnest($1::smallint[]) AS claimed (partition) CROSS JOIN LATERAL (
      SELECT oldest.*, count(*) OVER () = $2 OR sum(pg_column_size(oldest."data")) OVER () >= $3 AS has_more,
             sum(pg_column_size(oldest."data")) OVER (ORDER BY oldest."position") - pg_column_size(oldest."data") AS before
        FROM (
          SELECT ctid::text, "aggregate", "aggregate_id", "sequence", "id", "type", "data", "traceparent", "occurred_at",
                 "publishes", "awaiting" = '{}' AS is_unawaited, "position"
            FROM "outbox_events" WHERE "published_at" IS NULL AND "outbox_events"."partition" = claimed.partition
           ORDER BY "position" LIMIT $2 FOR UPDATE SKIP LOCKED) AS oldest) AS event
     WHERE event.before < $3 ORDER BY event."position"`,
};

/**
 * The oldest unpublished events of claimed partitions, locked. A statement of its own, after the claim: its snapshot must be
 * younger than the partition's lock, or it would show as unpublished what the relay before us has just published. A row that
 * somebody else has locked is being confirmed, and need not be published; so the relay waits for nobody.
 * @param room of each partition
 */
export function unpublishedEvents(
  manager: EntityManager,
  partitions: readonly number[],
  { limit, bytes }: { readonly limit: number; readonly bytes: number },
): Promise<UnpublishedEvent[]> {
  return preparedQuery<UnpublishedEvent>(manager, READ, [partitions, limit, bytes]);
}

const MARK: PreparedStatement = {
  name: 'outbox-mark',
  text: `UPDATE "outbox_events" SET "published_at" = clock_timestamp(), "publishes" = "publishes" + 1 WHERE ctid = ANY ($1::tid[])`,
};

/** Of rows that this transaction has locked. */
export const DROP: PreparedStatement = {
  name: 'outbox-drop',
  text: `DELETE FROM "outbox_events" WHERE ctid = ANY ($1::tid[])`,
};

/** Nobody awaits some of them: these are done, and go. */
export async function markPublished(
  manager: EntityManager,
  events: readonly UnpublishedEvent[],
): Promise<void> {
  const places = (isUnawaited: boolean): string[] =>
    events.filter(({ is_unawaited }) => is_unawaited === isUnawaited).map(({ ctid }) => ctid);
  const [awaited, unawaited] = [places(false), places(true)];
  if (awaited.length > 0) await preparedQuery(manager, MARK, [awaited]);
  if (unawaited.length > 0) await preparedQuery(manager, DROP, [unawaited]);
}

/**
 * Of everything that was published and not confirmed, some is to be published again. @returns how much; call until it is 0.
 * What somebody has locked is being confirmed.
 */
export async function publishAgainWhatIsUnconfirmed(dataSource: DataSource, limit: number): Promise<number> {
  const [, count] = await dataSource.query<[unknown, number]>(
    `UPDATE "outbox_events" SET "published_at" = NULL WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM "outbox_events" WHERE "published_at" IS NOT NULL
        ORDER BY "published_at" LIMIT $1 FOR UPDATE SKIP LOCKED))`,
    [limit],
  );
  return count;
}
