/** The statements of the reconciler. Owns the SQL, decides nothing. */
import type { DataSource } from 'typeorm';
import type { UnconfirmedEvent } from './fate-of';

export interface UnconfirmedGroup {
  readonly listener: string;
  readonly aggregate: string;
  readonly events: readonly UnconfirmedEvent[];
}

interface Row {
  readonly listener: string;
  readonly aggregate: string;
  readonly aggregate_id: string;
  readonly sequence: string;
  readonly publishes: number;
  readonly age_ms: number;
}

/** The oldest ones, for each of these listeners: one that is down does not hide the others. */
export async function oldestUnconfirmed(
  dataSource: DataSource,
  listeners: readonly string[],
  { patienceMs, limit }: { readonly patienceMs: number; readonly limit: number },
): Promise<UnconfirmedGroup[]> {
  const rows = await dataSource.query<Row[]>(
    `SELECT listener, late.*, (extract(epoch FROM clock_timestamp() - late."occurred_at") * 1000)::float8 AS age_ms
       FROM unnest($1::text[]) AS listener CROSS JOIN LATERAL (
         SELECT "aggregate", "aggregate_id", "sequence", "publishes", "occurred_at" FROM "outbox_events"
          WHERE "published_at" < clock_timestamp() - make_interval(secs => $2::float8 / 1000) AND listener = ANY ("awaiting")
          ORDER BY "published_at" LIMIT $3) AS late`,
    [listeners, patienceMs, limit],
  );
  const groups = new Map<string, { listener: string; aggregate: string; events: UnconfirmedEvent[] }>();
  for (const { listener, aggregate, aggregate_id, sequence, publishes, age_ms } of rows) {
    const key = `${listener} ${aggregate}`;
    const group = groups.get(key) ?? { listener, aggregate, events: [] };
    group.events.push({ aggregateId: aggregate_id, sequence: Number(sequence), publishes, ageMs: age_ms });
    groups.set(key, group);
  }
  return [...groups.values()];
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
async function setPublishedAt(
  dataSource: DataSource,
  value: 'clock_timestamp()' | 'NULL',
  aggregate: string,
  events: readonly Key[],
): Promise<void> {
  if (events.length === 0) return;
  await dataSource.query(
    `WITH free AS MATERIALIZED (
       SELECT event."aggregate", event."aggregate_id", event."sequence"
         FROM "outbox_events" AS event JOIN unnest($2::text[], $3::bigint[]) AS wanted (aggregate_id, sequence)
           ON event."aggregate_id" = wanted.aggregate_id AND event."sequence" = wanted.sequence
        WHERE event."aggregate" = $1 AND event."published_at" IS NOT NULL FOR UPDATE OF event SKIP LOCKED
     )
     UPDATE "outbox_events" AS event SET "published_at" = ${value} FROM free
      WHERE event."aggregate" = free."aggregate" AND event."aggregate_id" = free."aggregate_id"
        AND event."sequence" = free."sequence"`,
    [aggregate, events.map(({ aggregateId }) => aggregateId), events.map(({ sequence }) => sequence)],
  );
}

/** Listeners that somebody waits for, by aggregate. Reads the whole table. */
export async function awaitedListeners(
  dataSource: DataSource,
): Promise<{ readonly aggregate: string; readonly listener: string }[]> {
  return dataSource.query(
    `SELECT DISTINCT "aggregate", listener FROM "outbox_events" CROSS JOIN unnest("awaiting") AS listener`,
  );
}

/** Waits no longer for a service that has unsubscribed. */
export async function waitNoLongerFor(
  dataSource: DataSource,
  { aggregate, listener }: { readonly aggregate: string; readonly listener: string },
): Promise<void> {
  await dataSource.query(
    `UPDATE "outbox_events" SET "awaiting" = array_remove("awaiting", $2) WHERE "aggregate" = $1 AND $2 = ANY ("awaiting")`,
    [aggregate, listener],
  );
  await dataSource.query(
    `DELETE FROM "outbox_events" WHERE "aggregate" = $1 AND "awaiting" = '{}' AND "published_at" IS NOT NULL`,
    [aggregate],
  );
}
