/**
 * Processes what was delivered: each event once, in the order of its aggregate id, however often and in whatever order it
 * comes.
 *
 * Owns the transaction that holds a handler's work and the record of it (inbox_aggregates: how far each id is). Does not own
 * how messages come (consumer.ts) nor when something is tried again (retries.ts).
 *
 *     delivered ─> next in order ──────────> handler ─┬─> done: the counter goes on
 *              ├─> done before: dropped               ├─> failed: waits in inbox_events, tried again with growing pauses
 *              ├─> one before it is missing:          └─> refused, or failed too often: dead letter, and the counter goes on
 *              │   waits in inbox_events
 *              └─> no event at all: dead letter
 *
 * A batch is one transaction as long as all goes well. When a handler fails, the batch is taken back and each aggregate id
 * goes alone, event by event, so that one that cannot be processed holds up nothing but its own id.
 */
import { Injectable, Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { isDatabaseAway } from '../../database/is-database-away';
import { storableText } from '../../database/storable-text';
import { EventError } from '../../events/event-error';
import type { EventRegistry } from '../../events/event-registry';
import { writeDeadLetter } from '../dead-letters/write-dead-letter';
import type { MessagingMetrics } from '../messaging-metrics';
import type { MessagingSettings } from '../messaging-settings';
import { readDelivery, type Delivery, type DeliveredEvent } from './delivery';
import { HandlerFailure } from './handler-failure';
import type { Subscription } from './handlers';
import {
  attemptsAt,
  dropPending,
  keepPending,
  lockCounters,
  pendingEvents,
  postpone,
  saveCounters,
} from './inbox-rows';
import { runHandler, type UnderstoodEvent } from './run-handler';

/** How much of an id's backlog is looked at in one transaction. */
const PENDING_OF_A_TRANSACTION = 100;

/** How far each id is after a batch: what the owner is told. */
export type Progress = ReadonlyMap<string, number>;

interface Work {
  readonly ids: readonly string[];
  readonly delivered: readonly DeliveredEvent[];
  /** How many events of an id are processed at most. */
  readonly eventsOfAnId: number;
}

export interface InboxDependencies {
  readonly dataSource: DataSource;
  readonly registry: EventRegistry;
  readonly settings: MessagingSettings;
  readonly metrics?: MessagingMetrics;
}

@Injectable()
export class Inbox {
  private readonly logger = new Logger(Inbox.name);

  constructor(private readonly dependencies: InboxDependencies) {}

  /**
   * Takes over what was delivered, of one subscription. When it resolves, every message is processed or kept, and can be
   * acknowledged.
   * @throws what the database throws when it cannot be reached: nothing is done then
   */
  async accept(subscription: Subscription, deliveries: readonly Delivery[]): Promise<Progress> {
    const { dataSource } = this.dependencies;
    const events: DeliveredEvent[] = [];
    for (const delivery of deliveries) {
      const read = readDelivery(subscription, delivery);
      if ('envelope' in read) events.push(read);
      else await writeDeadLetter(dataSource.manager, read);
    }
    const ids = [...new Set(events.map(({ envelope }) => envelope.aggregateId))].sort();
    if (ids.length === 0) return new Map();
    try {
      return await this.process(subscription, { ids, delivered: events, eventsOfAnId: Infinity });
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      return this.acceptOneByOne(subscription, ids, events);
    }
  }

  /** Processes what waits of one id, as far as that is possible now. */
  async drain(subscription: Subscription, id: string): Promise<Progress> {
    let progress: Progress = new Map();
    for (;;) {
      try {
        const next = await this.process(subscription, { ids: [id], delivered: [], eventsOfAnId: 1 });
        if (next.get(id) === progress.get(id)) return next;
        progress = next;
      } catch (error) {
        if (!(error instanceof HandlerFailure)) throw error;
        const isOver = await this.recordFailure(subscription, error);
        if (!isOver) return progress;
      }
    }
  }

  private async acceptOneByOne(
    subscription: Subscription,
    ids: readonly string[],
    events: readonly DeliveredEvent[],
  ): Promise<Progress> {
    await this.process(subscription, { ids, delivered: events, eventsOfAnId: 0 });
    const progress = new Map<string, number>();
    for (const id of ids) {
      for (const [key, sequence] of await this.drain(subscription, id)) progress.set(key, sequence);
    }
    return progress;
  }

  /** One transaction: events in order go to their handlers, the others wait. */
  private process(subscription: Subscription, { ids, delivered, eventsOfAnId }: Work): Promise<Progress> {
    return this.dependencies.dataSource.transaction(async (manager) => {
      const counters = await lockCounters(manager, subscription, ids);
      const waiting = ids.filter((id) => counters.get(id)!.hasPending);
      const known = new Map(ids.map((id) => [id, new Map<number, DeliveredEvent>()]));
      for (const event of delivered)
        known.get(event.envelope.aggregateId)!.set(event.envelope.sequence, event);
      const room = eventsOfAnId === 1 ? 1 : PENDING_OF_A_TRANSACTION;
      for (const event of await this.pending(manager, subscription, waiting, room)) {
        known.get(event.envelope.aggregateId)!.set(event.envelope.sequence, event);
      }

      const progress = new Map<string, number>();
      const changed = new Map<string, number>();
      const kept: DeliveredEvent[] = [];
      for (const id of ids) {
        const before = counters.get(id)!.lastSequence;
        const events = known.get(id)!;
        const after = await this.processInOrder(manager, subscription, events, before, eventsOfAnId);
        progress.set(id, after);
        if (after > before) changed.set(id, after);
        for (const event of events.values()) {
          if (event.envelope.sequence > after && event.pending === undefined) kept.push(event);
        }
      }
      await keepPending(manager, subscription, kept.map(pendingRow));
      await saveCounters(manager, subscription, changed);
      await dropPending(manager, subscription, new Map(waiting.map((id) => [id, progress.get(id)!])));
      return progress;
    });
  }

  /** @returns how far the id is then */
  private async processInOrder(
    manager: EntityManager,
    subscription: Subscription,
    events: ReadonlyMap<number, DeliveredEvent>,
    from: number,
    atMost: number,
  ): Promise<number> {
    let last = from;
    for (let event = events.get(last + 1); event && last - from < atMost; event = events.get(last + 1)) {
      if (event.pending && !event.pending.isDue) break;
      const understood = this.understand(event);
      if (understood instanceof EventError) {
        // This version of the service will never understand it, so there is no use in trying again.
        await this.bury(manager, subscription, event, understood.code, understood);
      } else {
        await this.handle(manager, subscription, event, understood);
      }
      last += 1;
    }
    return last;
  }

  private understand({ envelope }: DeliveredEvent): UnderstoodEvent | EventError {
    try {
      return this.dependencies.registry.read(envelope.type, envelope.data);
    } catch (error) {
      if (error instanceof EventError) return error;
      throw error;
    }
  }

  /** @throws HandlerFailure when the handler is to blame */
  private async handle(
    manager: EntityManager,
    subscription: Subscription,
    event: DeliveredEvent,
    understood: UnderstoodEvent,
  ): Promise<void> {
    try {
      await runHandler(manager, subscription, event, understood, this.dependencies.metrics);
    } catch (error) {
      throw isDatabaseAway(error) ? error : new HandlerFailure(event, error);
    }
  }

  private async pending(
    manager: EntityManager,
    subscription: Subscription,
    ids: readonly string[],
    limit: number,
  ): Promise<DeliveredEvent[]> {
    if (ids.length === 0) return [];
    const rows = await pendingEvents(manager, subscription, ids, limit);
    return rows.flatMap((row) => {
      const read = readDelivery(subscription, { message: row.message });
      return 'envelope' in read ? [{ ...read, pending: row }] : [];
    });
  }

  /** @returns whether the event is a dead letter now, and the next one may be processed */
  private async recordFailure(
    subscription: Subscription,
    { event, cause }: HandlerFailure,
  ): Promise<boolean> {
    const { dataSource, settings } = this.dependencies;
    const { aggregateId, sequence, type } = event.envelope;
    const attempts = (event.pending?.attempts ?? 0) + 1;
    const error = messageOf(cause);
    return dataSource.transaction(async (manager) => {
      const counter = (await lockCounters(manager, subscription, [aggregateId])).get(aggregateId)!;
      // Another process was faster: with more luck, or with none either, and has counted the attempt.
      if (counter.lastSequence >= sequence) return true;
      const counted = await attemptsAt(manager, subscription, { aggregateId, sequence });
      if (counted !== attempts - 1) return false;
      const isRefused = cause instanceof EventError && cause.code === 'EVENT_REFUSED';
      if (attempts < settings.maxAttempts && !isRefused) {
        const pauseMs = Math.min(settings.firstRetryMs * 2 ** (attempts - 1), settings.longestRetryMs);
        this.logger.warn(
          `${type} of ${aggregateId} failed (attempt ${attempts}), next one in ${pauseMs} ms`,
          cause,
        );
        await postpone(manager, subscription, { aggregateId, sequence }, { error, pauseMs });
        return false;
      }
      this.logger.error(`${type} of ${aggregateId} failed ${attempts} times and is a dead letter now`, cause);
      await this.bury(manager, subscription, event, isRefused ? cause.code : 'HANDLER_FAILED', cause);
      const done = new Map([[aggregateId, sequence]]);
      await saveCounters(manager, subscription, done);
      await dropPending(manager, subscription, done);
      return true;
    });
  }

  private async bury(
    manager: EntityManager,
    { source, aggregate }: Subscription,
    { envelope, message, pending }: DeliveredEvent,
    code: string,
    error: unknown,
  ): Promise<void> {
    const { type, aggregateId, sequence } = envelope;
    await writeDeadLetter(manager, {
      ...{ subject: type, source, aggregate, aggregateId, sequence, message, code },
      ...{ error: messageOf(error), attempts: (pending?.attempts ?? 0) + 1 },
    });
  }
}

function pendingRow({ envelope: { aggregateId, sequence }, message }: DeliveredEvent) {
  return { aggregateId, sequence, message };
}

/** A failed query carries the values of rows beside its message; they stay out of our tables. */
const LONGEST_ERROR = 2_000;

function messageOf(error: unknown): string {
  return storableText(
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    LONGEST_ERROR,
  );
}
