/**
 * The end of an event's life in the outbox: every subscriber has said that its inbox processed it. Owns the SQL of receipts.
 *
 * A stream's acknowledgement is not that proof: JetStream writes through to the disk every two minutes, and a lost disk
 * takes everything. https://docs.nats.io/running-a-nats-service/configuration#jetstream
 */
import type { DataSource } from 'typeorm';

/** What a listener has processed of one aggregate, up to and with that sequence of each id. */
export interface Receipt {
  readonly listener: string;
  readonly aggregate: string;
  readonly upTo: readonly (readonly [aggregateId: string, sequence: number])[];
}

/** The rows are locked in one order for everybody before any is changed: two receipts never wait for each other in a circle. */
const CONFIRMED = `
  confirmed AS MATERIALIZED (
    SELECT event."aggregate", event."aggregate_id", event."sequence"
      FROM "outbox_events" AS event
      JOIN unnest($3::text[], $4::bigint[]) AS receipt (aggregate_id, sequence)
        ON event."aggregate_id" = receipt.aggregate_id AND event."sequence" <= receipt.sequence
     WHERE event."aggregate" = $1 AND $2 = ANY (event."awaiting")
     ORDER BY event."aggregate_id", event."sequence" FOR UPDATE OF event
  )`;

const IS_CONFIRMED = `
  event."aggregate" = confirmed."aggregate" AND event."aggregate_id" = confirmed."aggregate_id"
  AND event."sequence" = confirmed."sequence"`;

/**
 * Takes the listener off the events that it has processed; those that nobody awaits any more go. Where two listeners' receipts
 * for one event meet, the event may stay behind with one of them: the reconciler asks that one again.
 */
export async function confirm(dataSource: DataSource, receipt: Receipt): Promise<void> {
  const { listener, aggregate, upTo } = receipt;
  if (upTo.length === 0) return;
  const parameters = [aggregate, listener, upTo.map(([id]) => id), upTo.map(([, sequence]) => sequence)];
  await dataSource.query(
    `WITH ${CONFIRMED}, shared AS (
       UPDATE "outbox_events" AS event SET "awaiting" = array_remove(event."awaiting", $2) FROM confirmed
        WHERE ${IS_CONFIRMED} AND event."awaiting" <> ARRAY[$2]
     )
     DELETE FROM "outbox_events" AS event USING confirmed WHERE ${IS_CONFIRMED} AND event."awaiting" = ARRAY[$2]`,
    parameters,
  );
}
