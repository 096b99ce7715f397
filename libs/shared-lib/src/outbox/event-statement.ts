/**
 * The statement that writes events into the outbox, for whoever has a transaction: `Outbox` with TypeORM's, the migrator with
 * one of its own. Owns validation and the SQL.
 */
import { v7 as uuidv7 } from 'uuid';
import type { PreparedStatement } from '../database/prepared-query';
import type { EventContract } from '../events/event-contract';
import { MAX_EVENT_DATA_BYTES } from '../events/event-envelope';
import { EventError } from '../events/event-error';
import { checked } from '../events/event-registry';
import { subscribersOf, type Subscriptions } from '../events/subscriptions';
import { OutboxError } from './outbox-error';
import { partitionOf } from './partition';

/** One event to write. */
export interface NewEvent<Data extends object = object> {
  readonly contract: EventContract<Data>;
  /** The id of what it is about: at most 200 characters. */
  readonly aggregateId: string;
  readonly data: Data;
}

export interface EventStatementSettings {
  /** Whose events these are. */
  readonly service: string;
  readonly subscriptions?: Subscriptions;
  /** https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent?: string;
}

export interface EventStatement {
  readonly statement: PreparedStatement;
  readonly values: unknown[];
}

/** id, type, aggregate, aggregate id, partition, data, awaiting: the first parameters of both statements. */
type EventRow = readonly [string, string, string, string, number, string, string];

const WRITE_ONE: PreparedStatement = {
  name: 'outbox-write-one',
  text: `
    WITH counter AS (
      INSERT INTO "outbox_aggregates" ("aggregate", "aggregate_id", "last_sequence") VALUES ($3, $4, 1)
      ON CONFLICT ("aggregate", "aggregate_id") DO UPDATE SET "last_sequence" = "outbox_aggregates"."last_sequence" + 1
      RETURNING "last_sequence"
    )
    INSERT INTO "outbox_events"
      ("aggregate", "aggregate_id", "sequence", "id", "type", "partition", "data", "awaiting", "traceparent")
    SELECT $3, $4, counter."last_sequence", $1::uuid, $2, $5::smallint, $6::jsonb, $7::text[], $8 FROM counter`,
};

/** The counters first, in one order for everybody, so that two transactions never wait for each other in a circle. */
const WRITE_SEVERAL: PreparedStatement = {
  name: 'outbox-write-several',
  text: `
    WITH event AS MATERIALIZED (
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::jsonb[], $7::text[])
        WITH ORDINALITY AS event (id, type, aggregate, aggregate_id, partition, data, awaiting, place)
    ), counter AS MATERIALIZED (
      INSERT INTO "outbox_aggregates" ("aggregate", "aggregate_id", "last_sequence")
      SELECT aggregate, aggregate_id, count(*) FROM event GROUP BY aggregate, aggregate_id
       ORDER BY aggregate COLLATE "C", aggregate_id COLLATE "C"
      ON CONFLICT ("aggregate", "aggregate_id")
        DO UPDATE SET "last_sequence" = "outbox_aggregates"."last_sequence" + excluded."last_sequence"
      RETURNING "aggregate", "aggregate_id", "last_sequence"
    )
    INSERT INTO "outbox_events"
      ("aggregate", "aggregate_id", "sequence", "id", "type", "partition", "data", "awaiting", "traceparent")
    SELECT event.aggregate, event.aggregate_id,
           counter."last_sequence" + 1 - row_number() OVER (PARTITION BY event.aggregate, event.aggregate_id ORDER BY place DESC),
           event.id, event.type, event.partition, event.data, event.awaiting::text[], $8
      FROM event JOIN counter ON counter."aggregate" = event.aggregate AND counter."aggregate_id" = event.aggregate_id
     ORDER BY place`,
};

/**
 * @param events at least one; written in this order
 * @throws OutboxError FOREIGN_EVENT
 * @throws EventError EVENT_DATA_INVALID, EVENT_TOO_LARGE
 */
export function eventStatement(
  events: readonly NewEvent[],
  { service, subscriptions, traceparent }: EventStatementSettings,
): EventStatement {
  const rows = events.map((event) => rowOf(event, service, subscriptions));
  const [first] = rows;
  return rows.length === 1 && first
    ? { statement: WRITE_ONE, values: [...first, traceparent ?? null] }
    : { statement: WRITE_SEVERAL, values: [...columnsOf(rows), traceparent ?? null] };
}

function rowOf(
  { contract, aggregateId, data }: NewEvent,
  writer: string,
  subscriptions?: Subscriptions,
): EventRow {
  const { subject, aggregate, service } = contract;
  if (service !== writer) {
    throw new OutboxError(
      'FOREIGN_EVENT',
      `${subject} is an event of ${service}, and ${writer} cannot write it: what listeners are told of ${aggregate} comes ` +
        `from ${service} alone. Publish an event of ${writer}, or send ${service} a command.`,
    );
  }
  return [
    ...([uuidv7(), subject, aggregate, aggregateId, partitionOf(aggregate, aggregateId)] as const),
    ...([serialized(contract, data), arrayLiteral(subscribersOf(contract, subscriptions))] as const),
  ];
}

function columnsOf(rows: readonly EventRow[]): unknown[][] {
  return rows[0]!.map((_, column) => rows.map((row) => row[column]));
}

function serialized(contract: EventContract, data: object): string {
  const json = JSON.stringify(checked(contract, data));
  const bytes = Buffer.byteLength(json);
  if (bytes <= MAX_EVENT_DATA_BYTES) return json;
  throw new EventError(
    'EVENT_TOO_LARGE',
    `${contract.subject}: its data take ${bytes} bytes, and ${MAX_EVENT_DATA_BYTES} are the limit: publish where the rest can ` +
      'be read, not the rest itself.',
  );
}

/** Postgres has no arrays of arrays of different lengths. Names of services need no quotes: see events' rules for them. */
function arrayLiteral(names: readonly string[]): string {
  return `{${names.join(',')}}`;
}
