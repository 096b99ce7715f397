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
import {
  claimPartitions,
  markPublished,
  publishAgainWhatIsUnconfirmed,
  unpublishedEvents,
  type UnpublishedEvent,
} from './unpublished';

/** Half of them: the other half is left to a second relay, or to the next round. */
const PARTITIONS_OF_A_ROUND = PARTITIONS / 2;
const EVENTS_OF_A_PARTITION = 100;
const BYTES_OF_A_PARTITION = 1024 * 1024;
const EVENTS_OF_A_RESET = 5_000;
/** The safety net under the wake-ups. */
const POLL_MS = 1_000;
/** A round costs as much for one event as for ten. An event that comes alone does not wait. */
const GATHER_MS = 15;

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
  private ensuring?: Promise<void>;

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
   * Looks whether the stream is there. One that was lost took events along that nobody has received: what is not confirmed
   * is published again. That is written down first: once the stream is there again, nobody sees that it was lost.
   */
  ensureStream(): Promise<void> {
    this.ensuring ??= this.ensureStreamNow().finally(() => (this.ensuring = undefined));
    return this.ensuring;
  }

  private async ensureStreamNow(): Promise<void> {
    const { dataSource } = this.settings;
    if (await this.stream.isMissing()) {
      let total = 0;
      for (let count = -1; count !== 0; total += count) {
        count = await publishAgainWhatIsUnconfirmed(dataSource, EVENTS_OF_A_RESET);
      }
      if (total > 0)
        this.logger.warn(`the stream was lost: ${total} unconfirmed event(s) are published again`);
    }
    await this.stream.ensure();
    if (!this.isStreamSure) this.wake();
    this.isStreamSure = true;
  }

  private async round(): Promise<Round> {
    if (!this.isStreamSure) {
      await this.stream.checkPayloadLimit();
      await this.ensureStream();
    }
    const first = this.nextFirst;
    this.nextFirst = (this.nextFirst + PARTITIONS_OF_A_ROUND) % PARTITIONS;
    const room = { limit: EVENTS_OF_A_PARTITION, bytes: BYTES_OF_A_PARTITION };
    const { next, failure } = await this.settings.dataSource.transaction(async (manager) => {
      const { claimed, pending } = await claimPartitions(manager, first, PARTITIONS_OF_A_ROUND);
      const events = claimed.length > 0 ? await unpublishedEvents(manager, claimed, room) : [];
      return { next: nextRound(claimed, pending, events), failure: await this.publish(manager, events) };
    });
    if (failure !== undefined) {
      if (isWithoutStream(failure)) this.isStreamSure = false;
      throw failure;
    }
    if (next === 'soon') this.wake();
    return next === 'now' ? 'more' : 'idle';
  }

  /** What was acknowledged is marked, whatever became of the rest. @returns a failure that can be tried again */
  private async publish(manager: EntityManager, events: readonly UnpublishedEvent[]): Promise<unknown> {
    if (events.length === 0) return undefined;
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

/** Whoever writes in this process wakes us; so it is what others have written, or this round had no room for, that counts. */
function nextRound(
  claimed: readonly number[],
  pending: number,
  events: readonly UnpublishedEvent[],
): 'now' | 'soon' | 'when woken' {
  if (claimed.length === PARTITIONS_OF_A_ROUND || events.some(({ has_more }) => has_more)) return 'now';
  // Another relay is at the rest, and may have read it before our event was there.
  return pending > claimed.length ? 'soon' : 'when woken';
}
