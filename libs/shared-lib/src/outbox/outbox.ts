/**
 * Writes events into the outbox, by the transaction that writes the rows they tell of: both are there, or neither is.
 *
 * Owns the sequence of each aggregate id. Validation and SQL are in event-statement.ts; publishing is the relay's.
 *
 * The order of an aggregate's events is the order of the commits, because the counter's row is locked from the first event
 * of a transaction until its end: nobody else can write the next number before this one is there for all to see. So a
 * relay that reads what is committed can never see number 8 and miss a 7 that is still open, and needs not wait for the
 * oldest transaction of the whole server (pg_snapshot_xmin), which an index build or a backfill keeps open for hours.
 * Transactions of other aggregates do not wait for each other.
 */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { preparedQuery } from '../database/prepared-query';
import type { EventContract } from '../events/event-contract';
import type { Subscriptions } from '../events/subscriptions';
import { currentTraceparent } from '../observability/current-traceparent';
import { markWritten } from './after-commit';
import { eventStatement, type NewEvent } from './event-statement';
import { OutboxError } from './outbox-error';

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
    const { service, subscriptions } = this;
    const { statement, values } = eventStatement(events, {
      ...{ service, subscriptions },
      traceparent: currentTraceparent(),
    });
    await preparedQuery(manager, statement, values);
    markWritten(queryRunner);
  }
}
