/**
 * Writes events into the outbox, by the transaction that writes the rows they tell of: both are there, or neither is.
 *
 * Owns validation and the sequence of each aggregate id. Publishing is the relay's.
 *
 * The order of an aggregate's events is the order of the commits, because the counter's row is locked from the first event
 * of a transaction until its end: nobody else can write the next number before this one is there for all to see. So a
 * relay that reads what is committed can never see number 8 and miss a 7 that is still open, and needs not wait for the
 * oldest transaction of the whole server (pg_snapshot_xmin), which an index build or a backfill keeps open for hours.
 * Transactions of other aggregates do not wait for each other.
 */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { preparedQuery, type PreparedStatement } from '../database/prepared-query';
import type { EventContract } from '../events/event-contract';
import { MAX_EVENT_DATA_BYTES } from '../events/event-envelope';
import { EventError } from '../events/event-error';
import { checked } from '../events/event-registry';
import { subscribersOf, type Subscriptions } from '../events/subscriptions';
import { currentTraceparent } from '../observability/current-traceparent';
import { markWritten } from './after-commit';
import { OutboxError } from './outbox-error';
import { partitionOf } from './partition';

/** One event to write. */
export interface NewEvent<Data extends object = object> {
  readonly contract: EventContract<Data>;
  /** The id of what it is about: at most 200 characters. */
  readonly aggregateId: string;
  readonly data: Data;
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

@Injectable()
export class Outbox {
  /** @param service whose events these are: nobody writes those of another one */
  constructor(
    private readonly service: string,
    private readonly subscriptions?: Subscriptions,
  ) {}

  /**
   * Tells of something that this transaction does.
   *
   * Several calls in one transaction lock several counters in the order of the calls; \`publishAll\` locks them in one
   * order for everybody.
   *
   * @param manager of the transaction
   * @throws OutboxError OUTSIDE_TRANSACTION, FOREIGN_EVENT
   * @throws EventError EVENT_DATA_INVALID, EVENT_TOO_LARGE: the transaction is then better rolled back
   */
  publish<Data extends object>(
    manager: EntityManager,
    contract: EventContract<Data>,
    aggregateId: string,
    data: Data,
  ): Promise<void> {
    return this.publishAll(manager, [{ contract: contract as EventContract, aggregateId, data }]);
  }

  /** Several events, in this order, by one statement. Throws as `publish` does. */
  async publishAll(manager: EntityManager, events: readonly NewEvent[]): Promise<void> {
    const { queryRunner } = manager;
    if (!queryRunner?.isTransactionActive) {
      throw new OutboxError(
        'OUTSIDE_TRANSACTION',
        'an event can be written only by the transaction that writes the rows it tells of: pass the manager that ' +
          'dataSource.transaction(async (manager) => ...) hands out.',
      );
    }
    if (events.length === 0) return;
    const rows = events.map((event) => this.rowOf(event));
    const traceparent = currentTraceparent() ?? null;
    if (rows.length === 1) await preparedQuery(manager, WRITE_ONE, [...rows[0]!, traceparent]);
    else await preparedQuery(manager, WRITE_SEVERAL, [...columnsOf(rows), traceparent]);
    markWritten(queryRunner);
  }

  private rowOf({ contract, aggregateId, data }: NewEvent): EventRow {
    const { subject, aggregate, service } = contract;
    if (service !== this.service) {
      throw new OutboxError(
        'FOREIGN_EVENT',
        `${subject} is an event of ${service}, and ${this.service} cannot write it: what listeners are told of ${aggregate} comes ` +
          `from ${service} alone. Publish an event of ${this.service}, or send ${service} a command.`,
      );
    }
    return [
      ...([uuidv7(), subject, aggregate, aggregateId, partitionOf(aggregate, aggregateId)] as const),
      ...([serialized(contract, data), arrayLiteral(subscribersOf(contract, this.subscriptions))] as const),
    ];
  }
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
