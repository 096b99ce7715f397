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

/** Two lanes of four leave half of the sixteen to a second relay. */
const LANES = 2;
const PARTITIONS_OF_A_ROUND = 4;
const EVENTS_OF_A_PARTITION = 100;
/** The safety net under the wake-ups. */
const POLL_MS = 1_000;

export interface RelaySettings {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly nats: NatsConnector;
  readonly metrics?: MessagingMetrics;
}

export class Relay {
  private readonly logger = new Logger(Relay.name);
  private readonly stream: StreamKeeper;
  private readonly lanes: readonly BackgroundLoop[];
  private nextFirst = Math.floor(Math.random() * PARTITIONS);
  private isStreamSure = false;

  constructor(private readonly settings: RelaySettings) {
    this.stream = new StreamKeeper(settings.nats, settings.service);
    this.lanes = Array.from({ length: LANES }, (_, lane) => {
      const name = `Relay ${lane + 1}`;
      return new BackgroundLoop({ name, work: () => this.round(), idleMs: POLL_MS });
    });
  }

  start(): void {
    for (const lane of this.lanes) lane.start();
  }

  /** There is something to publish. */
  wake(): void {
    for (const lane of this.lanes) lane.wake();
  }

  async stop(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.stop()));
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
    const { count, failure } = await this.settings.dataSource.transaction(
      'READ COMMITTED',
      async (manager) => {
        const partitions = await claimPartitions(manager, first, PARTITIONS_OF_A_ROUND);
        if (partitions.length === 0) return { count: 0 };
        return this.publish(manager, await unpublishedEvents(manager, partitions, EVENTS_OF_A_PARTITION));
      },
    );
    if (failure === undefined) return count > 0 ? 'more' : 'idle';
    if (isWithoutStream(failure)) this.isStreamSure = false;
    throw failure;
  }

  /** What was acknowledged is marked, whatever became of the rest. */
  private async publish(manager: EntityManager, events: readonly UnpublishedEvent[]): Promise<Published> {
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
    return {
      count: published.length,
      failure: failures.find(({ error }) => !(error instanceof EventError))?.error,
    };
  }
}

interface Published {
  readonly count: number;
  /** What the first one failed with that can be tried again. */
  readonly failure?: unknown;
}
