/**
 * Finds out what became of events that were published a while ago and that a subscriber has not confirmed: asks the
 * subscriber. What it has is confirmed; what it is still going to get is left alone; what is lost is published again.
 *
 * A subscriber that does not answer is down, and gets its events when it is back: from the stream, or by being asked then.
 */
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import {
  SUBSCRIPTIONS,
  subscribersOf,
  subscriptionsOf,
  type Subscriptions,
} from '../../events/subscriptions';
import type { NatsConnector } from '../../nats/nats-connector';
import { RequestError } from '../../nats/request-error';
import { request } from '../../nats/requests';
import { BackgroundLoop, type Round } from '../background-loop';
import { INBOX_STATE, type InboxStateAnswer, type InboxStateQuestion } from '../inbox/inbox-state';
import type { MessagingSettings } from '../messaging-settings';
import { confirm } from './confirmations';
import { fateOf, type UnconfirmedEvent } from './fate-of';
import { awaitedListeners, oldestUnconfirmed, publishAgain, touch, waitNoLongerFor } from './unconfirmed';

const POLL_MS = 5_000;
const ANSWER_WITHIN_MS = 10_000;
const EVENTS_OF_A_ROUND = 2_000;

export interface ReconcilerDependencies {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly nats: NatsConnector;
  readonly settings: MessagingSettings;
  readonly subscriptions?: Subscriptions;
  /** Looks whether the stream was lost as a whole. */
  readonly ensureStream: () => Promise<void>;
  readonly onRepublish: () => void;
}

export class Reconciler {
  private readonly logger = new Logger(Reconciler.name);
  private readonly loop: BackgroundLoop;
  private isTidy = false;

  constructor(private readonly dependencies: ReconcilerDependencies) {
    const idleMs = Math.min(POLL_MS, dependencies.settings.receiptPatienceMs);
    this.loop = new BackgroundLoop({ name: Reconciler.name, work: () => this.round(), idleMs });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<Round> {
    const { service, dataSource, settings, subscriptions = SUBSCRIPTIONS, ensureStream } = this.dependencies;
    await ensureStream();
    if (!this.isTidy) await this.forgetUnsubscribed();
    this.isTidy = true;
    const listeners = Object.keys(subscriptions).filter((listener) =>
      subscriptionsOf(listener, subscriptions).some((aggregate) => aggregate.service === service),
    );
    const groups = await oldestUnconfirmed(dataSource, listeners, {
      patienceMs: settings.receiptPatienceMs,
      limit: EVENTS_OF_A_ROUND,
    });
    for (const { listener, aggregate, events } of groups) await this.settle(listener, aggregate, events);
    return 'idle';
  }

  /** A version of the service before this one may have waited for others. */
  private async forgetUnsubscribed(): Promise<void> {
    const { service, dataSource, subscriptions } = this.dependencies;
    for (const awaited of await awaitedListeners(dataSource)) {
      const subscribers = subscribersOf({ service, aggregate: awaited.aggregate }, subscriptions);
      if (!subscribers.includes(awaited.listener)) await waitNoLongerFor(dataSource, awaited);
    }
  }

  private async settle(
    listener: string,
    aggregate: string,
    events: readonly UnconfirmedEvent[],
  ): Promise<void> {
    const { dataSource } = this.dependencies;
    const answer = await this.ask(listener, aggregate, events);
    if (!answer) return;
    await confirm(dataSource, { listener, aggregate, upTo: answer.upTo });
    const lost = events.filter((event) => fateOf(event, answer) === 'lost');
    const underway = events.filter((event) => fateOf(event, answer) === 'underway');
    await touch(dataSource, aggregate, underway);
    if (lost.length === 0) return;
    this.logger.warn(
      `${listener} never got ${lost.length} event(s) of ${aggregate}: they are published again`,
    );
    await publishAgain(dataSource, aggregate, lost);
    this.dependencies.onRepublish();
  }

  private async ask(
    listener: string,
    aggregate: string,
    events: readonly UnconfirmedEvent[],
  ): Promise<InboxStateAnswer | undefined> {
    const { service, nats } = this.dependencies;
    const ids = [...new Set(events.map(({ aggregateId }) => aggregateId))];
    const question: InboxStateQuestion = { source: service, aggregate, ids };
    try {
      const to = { service: listener, name: INBOX_STATE, timeoutMs: ANSWER_WITHIN_MS };
      return await request<InboxStateAnswer>(nats, to, question);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.logger.debug(
        `${listener} does not say what became of ${events.length} event(s) of ${aggregate}`,
        error,
      );
      return undefined;
    }
  }
}
