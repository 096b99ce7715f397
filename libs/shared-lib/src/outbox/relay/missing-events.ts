/** What an owner does for a listener that misses events: what is still in the outbox is published again. */
import { IsArray, IsString } from 'class-validator';
import type { DataSource } from 'typeorm';

export const MISSING_EVENTS = 'missing-events';

export class MissingEventsQuestion {
  @IsString()
  aggregate!: string;

  /** Pairs of an id and the last sequence that the listener has of it. */
  @IsArray()
  after!: [string, number][];
}

export interface MissingEventsAnswer {
  /** Ids whose next event is in the outbox no more: only the state can make up for it. */
  readonly gone: readonly string[];
}

/**
 * @param patienceMs how long ago an event must have been published to be published again: what is underway is left alone
 * @returns what only the state can make up for
 */
export async function publishMissing(
  dataSource: DataSource,
  { aggregate, after }: MissingEventsQuestion,
  patienceMs: number,
): Promise<MissingEventsAnswer> {
  const parameters = [aggregate, after.map(([id]) => id), after.map(([, sequence]) => sequence)];
  await dataSource.query(
    `WITH free AS MATERIALIZED (
       SELECT event."aggregate", event."aggregate_id", event."sequence"
         FROM "outbox_events" AS event JOIN unnest($2::text[], $3::bigint[]) AS known (aggregate_id, sequence)
           ON event."aggregate_id" = known.aggregate_id AND event."sequence" > known.sequence
        WHERE event."aggregate" = $1 AND event."published_at" < clock_timestamp() - make_interval(secs => $4::float8 / 1000)
          FOR UPDATE OF event SKIP LOCKED
     )
     UPDATE "outbox_events" AS event SET "published_at" = NULL FROM free
      WHERE event."aggregate" = free."aggregate" AND event."aggregate_id" = free."aggregate_id"
        AND event."sequence" = free."sequence"`,
    [...parameters, patienceMs],
  );
  const gone = await dataSource.query<{ id: string }[]>(
    `SELECT known.aggregate_id AS id FROM unnest($2::text[], $3::bigint[]) AS known (aggregate_id, sequence)
      WHERE NOT EXISTS (SELECT FROM "outbox_events" AS event
                         WHERE event."aggregate" = $1 AND event."aggregate_id" = known.aggregate_id
                           AND event."sequence" = known.sequence + 1)`,
    parameters,
  );
  return { gone: gone.map(({ id }) => id) };
}
