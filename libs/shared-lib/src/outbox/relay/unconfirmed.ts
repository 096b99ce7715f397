/** The statements of the reconciler. Owns the SQL, decides nothing. */
import type { DataSource } from 'typeorm';
import type { UnconfirmedEvent } from './fate-of';

/** How far a walk through the unconfirmed events is. Two may have been published at the same moment. */
export interface WalkPosition {
  /** Postgres's own text: a Date would lose the microseconds. */
  readonly publishedAt: string;
  readonly position: string;
}

export interface AwaitingEvent extends UnconfirmedEvent {
  readonly aggregate: string;
  /** Listeners whose receipt is missing. */
  readonly awaiting: readonly string[];
}

export interface UnconfirmedPage {
  readonly events: readonly AwaitingEvent[];
  /** Where the next page begins; undefined when this was the last one. */
  readonly next?: WalkPosition;
}

interface Row {
  readonly aggregate: string;
  readonly aggregate_id: string;
  readonly sequence: string;
  readonly publishes: number;
  readonly awaiting: string[];
  readonly position: string;
  readonly published_at: string;
  readonly age_ms: number;
}

/**
 * The next ones in the order of their publishing, whoever is awaited: by one piece of the index, however many wait.
 * @param patienceMs how long ago they were published at least
 */
export async function unconfirmedEvents(
  dataSource: DataSource,
  { patienceMs, limit, after }: { patienceMs: number; limit: number; after?: WalkPosition },
): Promise<UnconfirmedPage> {
  const rows = await dataSource.query<Row[]>(
    `SELECT "aggregate", "aggregate_id", "sequence", "publishes", "awaiting", "position", "published_at"::text AS published_at,
            (extract(epoch FROM clock_timestamp() - "occurred_at") * 1000)::float8 AS age_ms
       FROM "outbox_events"
      WHERE "published_at" < statement_timestamp() - make_interval(secs => $1::float8 / 1000)
        AND "published_at" >= $2::timestamptz AND ("published_at", "position") > ($2::timestamptz, $3::bigint)
      ORDER BY "published_at", "position" LIMIT $4`,
    [patienceMs, after?.publishedAt ?? '-infinity', after?.position ?? 0, limit],
  );
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    events: rows.map(({ aggregate, aggregate_id, sequence, publishes, awaiting, age_ms }) => ({
      ...{ aggregate, aggregateId: aggregate_id, sequence: Number(sequence), publishes, awaiting },
      ageMs: age_ms,
    })),
    ...(last && { next: { publishedAt: last.published_at, position: last.position } }),
  };
}

type Key = Pick<UnconfirmedEvent, 'aggregateId' | 'sequence'>;

/** Looked at: it is somebody else's turn to be the oldest. */
export function touch(dataSource: DataSource, aggregate: string, events: readonly Key[]): Promise<void> {
  return setPublishedAt(dataSource, 'clock_timestamp()', aggregate, events);
}

export function publishAgain(
  dataSource: DataSource,
  aggregate: string,
  events: readonly Key[],
): Promise<void> {
  return setPublishedAt(dataSource, 'NULL', aggregate, events);
}

/** Rows that somebody else is at (the relay, a receipt) are left for the next time: nobody waits for anybody. */
const FREE = `
  WITH free AS MATERIALIZED (
    SELECT event."aggregate", event."aggregate_id", event."sequence"
      FROM unnest($2::text[], $3::bigint[]) AS wanted (aggregate_id, sequence)
      JOIN "outbox_events" AS event
        ON event."aggregate_id" = wanted.aggregate_id AND event."sequence" = wanted.sequence
     WHERE event."aggregate" = $1 AND event."published_at" IS NOT NULL FOR UPDATE OF event SKIP LOCKED
  )`;
const IS_FREE = `event."aggregate" = free."aggregate" AND event."aggregate_id" = free."aggregate_id"
                 AND event."sequence" = free."sequence"`;

async function setPublishedAt(
  dataSource: DataSource,
  value: 'clock_timestamp()' | 'NULL',
  aggregate: string,
  events: readonly Key[],
): Promise<void> {
  if (events.length === 0) return;
  await dataSource.query(
    `${FREE} UPDATE "outbox_events" AS event SET "published_at" = ${value} FROM free WHERE ${IS_FREE}`,
    [aggregate, ...columnsOf(events)],
  );
}

/** Takes a listener off these events; those that nobody else awaits go. */
export async function waitNoLonger(
  dataSource: DataSource,
  { aggregate, listener }: { readonly aggregate: string; readonly listener: string },
  events: readonly Key[],
): Promise<void> {
  await dataSource.query(
    `${FREE}, gone AS (
       DELETE FROM "outbox_events" AS event USING free WHERE ${IS_FREE} AND event."awaiting" = ARRAY[$4::text]
     )
     UPDATE "outbox_events" AS event SET "awaiting" = array_remove(event."awaiting", $4::text) FROM free
      WHERE ${IS_FREE} AND event."awaiting" <> ARRAY[$4::text]`,
    [aggregate, ...columnsOf(events), listener],
  );
}

function columnsOf(events: readonly Key[]): [string[], number[]] {
  return [events.map(({ aggregateId }) => aggregateId), events.map(({ sequence }) => sequence)];
}
