/**
 * Publishes what the outbox holds. Owns the way of an event from its row to the stream's acknowledgement; does not own
 * the proof that it arrived (see confirmations.ts).
 *
 * Every unpublished event is looked for anew in each round, so none is ever passed over because a transaction with a lower
 * number was still open: there is no position to remember. Of one aggregate id, what is visible has no gap (see outbox.ts).
 *
 * Any number of relays share the work by partitions of the aggregate ids: whoever holds a partition's advisory lock
 * publishes it, alone and in order. A relay that dies lets go of its locks with its connection, and what it may have
 * published without saying so is published again under the same message id, which the stream drops, as the inbox would.
 *
 *     claim partitions ─> read them ─> publish, all in flight at once ─> mark those acknowledged ─> commit
 */
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { EventError } from '../../events/event-error';
import { isWithoutStream } from '../../nats/jetstream-errors';
import type { NatsConnector } from '../../nats/nats-connector';
import type { MessagingMetrics } from '../messaging-metrics';
import { BackgroundLoop, type Round } from '../background-loop';
import { PARTITIONS } from '../partition';
import { buryUnpublishable } from './bury-unpublishable';
import { publishEvent } from './publish-event';
import { StreamKeeper } from './stream-keeper';
import { claimPartitions, markPublished, unpublishedEvents, type UnpublishedEvent } from './unpublished';

/** Half of them: the other half is left to a second relay, or to the next round. */
const PARTITIONS_OF_A_ROUND = PARTITIONS / 2;
const EVENTS_OF_A_PARTITION = 100;
/** The safety net under the wake-ups. */
const POLL_MS = 1_000;
/** A round costs as much for one event as for ten. */
const GATHER_MS = 5;

export interface RelaySettings {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly nats: NatsConnector;
  readonly metrics?: MessagingMetrics;
}

export class Relay {
  private readonly logger = new Logger(Relay.name);
  private readonly stream: StreamKeeper;
  private readonly loop: BackgroundLoop;
  private nextFirst = Math.floor(Math.random() * PARTITIONS);
  private isStreamSure = false;

  constructor(private readonly settings: RelaySettings) {
    this.stream = new StreamKeeper(settings.nats, settings.service);
    const pauses = { idleMs: POLL_MS, gatherMs: GATHER_MS };
    this.loop = new BackgroundLoop({ name: Relay.name, work: () => this.round(), ...pauses });
  }

  start(): void {
    this.loop.start();
  }

  /** There is something to publish. */
  wake(): void {
    this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /**
   * Looks whether the stream is there. One that was lost took events along that nobody has received: what is not
   * confirmed is then published again.
   */
  async ensureStream(): Promise<void> {
    const isNew = await this.stream.ensure();
    if (isNew) {
      const [, count] = await this.settings.dataSource.query<[unknown, number]>(
        `UPDATE "outbox_events" SET "published_at" = NULL WHERE "published_at" IS NOT NULL`,
      );
      if (count > 0)
        this.logger.warn(`the stream was lost: ${count} unconfirmed event(s) are published again`);
      this.wake();
    }
    this.isStreamSure = true;
  }

  private async round(): Promise<Round> {
    if (!this.isStreamSure) {
      await this.stream.checkPayloadLimit();
      await this.ensureStream();
    }
    const first = this.nextFirst;
    this.nextFirst = (this.nextFirst + PARTITIONS_OF_A_ROUND) % PARTITIONS;
    const { hasMore, failure } = await this.settings.dataSource.transaction(async (manager) => {
      const partitions = await claimPartitions(manager, first, PARTITIONS_OF_A_ROUND);
      if (partitions.length === 0) return { hasMore: false };
      const events = await unpublishedEvents(manager, partitions, EVENTS_OF_A_PARTITION);
      return {
        // Whoever writes meanwhile wakes us; so only what this round had no room for is worth another one.
        hasMore: partitions.length === PARTITIONS_OF_A_ROUND || events.length >= EVENTS_OF_A_PARTITION,
        failure: await this.publish(manager, events),
      };
    });
    if (failure === undefined) return hasMore ? 'more' : 'idle';
    if (isWithoutStream(failure)) this.isStreamSure = false;
    throw failure;
  }

  /** What was acknowledged is marked, whatever became of the rest. @returns a failure that can be tried again */
  private async publish(manager: EntityManager, events: readonly UnpublishedEvent[]): Promise<unknown> {
    const { service, nats, metrics } = this.settings;
    const stream = (await nats.connected()).jetstream();
    const outcomes = await Promise.allSettled(events.map((event) => publishEvent(stream, service, event)));
    const published = events.filter((_, index) => outcomes[index]!.status === 'fulfilled');
    if (published.length > 0) await markPublished(manager, published);
    for (const { type } of published) metrics?.published(type);

    const failures = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [{ event: events[index]!, error: outcome.reason as unknown }] : [],
    );
    for (const { event, error } of failures) {
      if (error instanceof EventError) await buryUnpublishable(manager, service, event, error);
    }
    return failures.find(({ error }) => !(error instanceof EventError))?.error;
  }
}
