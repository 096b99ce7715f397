/**
 * The end of an event's life in the outbox: every subscriber has said that its inbox processed it. Owns the SQL of receipts.
 *
 * A stream's acknowledgement is not that proof: JetStream writes through to the disk every two minutes, and a lost disk
 * takes everything. https://docs.nats.io/running-a-nats-service/configuration#jetstream
 */
import type { DataSource } from 'typeorm';
import { preparedQuery, type PreparedStatement } from '../../database/prepared-query';
import { DROP, WITHOUT_WAITING_FOR_THE_DISK } from './unpublished';

/** What a listener has processed of one aggregate, up to and with that sequence of each id. */
export interface Receipt {
  readonly listener: string;
  readonly aggregate: string;
  readonly upTo: readonly (readonly [aggregateId: string, sequence: number])[];
}

const LOCK: PreparedStatement = {
  name: 'outbox-confirm-lock',
  text: `
    SELECT event.*, ${WITHOUT_WAITING_FOR_THE_DISK} FROM unnest($3::text[], $4::bigint[]) AS receipt (aggregate_id, sequence)
     CROSS JOIN LATERAL (
       SELECT ctid::text, "awaiting" = ARRAY[$2] AS is_last FROM "outbox_events"
        WHERE "aggregate" = $1 AND "aggregate_id" = receipt.aggregate_id AND "sequence" <= receipt.sequence
          AND $2 = ANY ("awaiting")
        ORDER BY "sequence" FOR UPDATE) AS event`,
};

const TAKE_OFF: PreparedStatement = {
  name: 'outbox-confirm-take-off',
  text: `UPDATE "outbox_events" SET "awaiting" = array_remove("awaiting", $2) WHERE ctid = ANY ($1::tid[])`,
};

/**
 * Takes the listener off the events that it has processed; those that nobody awaits any more go.
 *
 * In a transaction of two statements: the first locks the rows, in one order for everybody, and may have to wait for the relay
 * to commit that it published them; only the second one then sees them as they are.
 */
export async function confirm(dataSource: DataSource, { listener, aggregate, upTo }: Receipt): Promise<void> {
  if (upTo.length === 0) return;
  const sorted = [...upTo].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  await dataSource.transaction(async (manager) => {
    const rows = await preparedQuery<{ ctid: string; is_last: boolean }>(manager, LOCK, [
      ...[aggregate, listener, sorted.map(([id]) => id), sorted.map(([, sequence]) => sequence)],
    ]);
    const places = (isLast: boolean): string[] =>
      rows.filter(({ is_last }) => is_last === isLast).map(({ ctid }) => ctid);
    const [shared, done] = [places(false), places(true)];
    if (shared.length > 0) await preparedQuery(manager, TAKE_OFF, [shared, listener]);
    if (done.length > 0) await preparedQuery(manager, DROP, [done]);
  });
}
