/**
 * Finds out what became of events that were published a while ago and that a subscriber has not confirmed: asks the
 * subscriber. What it has is confirmed; what it is still going to get is left alone; what is lost is published again.
 *
 * A subscriber that does not answer is down, and gets its events when it is back: from the stream, or by being asked then.
 * It holds up nobody: listeners are asked side by side, and each round goes on from where the one before it ended, so that
 * a million events that wait for one listener are not what every round looks at.
 *
 * Events that await a service which does not subscribe (any more) are confirmed for it after a day, and not at once: in a
 * rolling update, a process of the old version knows nothing of the listener that the new one has.
 */
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { subscribersOf, type Subscriptions } from '../../events/subscriptions';
import type { NatsConnector } from '../../nats/nats-connector';
import { RequestError } from '../../nats/request-error';
import { request } from '../../nats/requests';
import { BackgroundLoop, type Round } from '../background-loop';
import {
  INBOX_STATE,
  MOST_EVENTS_OF_A_QUESTION,
  type InboxStateAnswer,
  type InboxStateQuestion,
} from '../inbox/inbox-state';
import type { MessagingSettings } from '../messaging-settings';
import { confirm } from './confirmations';
import { fateOf, type UnconfirmedEvent } from './fate-of';
import { groupByListener, type UnconfirmedGroup } from './group-by-listener';
import { publishAgain, touch, unconfirmedEvents, waitNoLonger, type WalkPosition } from './unconfirmed';

const POLL_MS = 5_000;
const ANSWER_WITHIN_MS = 10_000;
/** What one round reads. */
const EVENTS_OF_A_ROUND = 10_000;
/** Longer than any rolling update. */
const FORGET_AFTER_MS = 86_400_000;

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
  private after?: WalkPosition;

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
    const { service, dataSource, settings, subscriptions, ensureStream } = this.dependencies;
    await ensureStream();
    const page = { patienceMs: settings.receiptPatienceMs, limit: EVENTS_OF_A_ROUND, after: this.after };
    const { events, next } = await unconfirmedEvents(dataSource, page);
    this.after = next;
    const groups = groupByListener(events);
    const isSubscribed = ({ aggregate, listener }: UnconfirmedGroup): boolean =>
      subscribersOf({ service, aggregate }, subscriptions).includes(listener);
    await this.settleAll(groups.filter(isSubscribed));
    for (const group of groups.filter((one) => !isSubscribed(one))) await this.forget(group);
    return 'idle';
  }

  private async settleAll(groups: readonly UnconfirmedGroup[]): Promise<void> {
    const listeners = [...new Set(groups.map(({ listener }) => listener))];
    const outcomes = await Promise.allSettled(
      listeners.map((name) => this.settle(groups.filter(({ listener }) => listener === name))),
    );
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
  }

  /** Of one listener, until it does not answer. */
  private async settle(groups: readonly UnconfirmedGroup[]): Promise<void> {
    for (const { listener, aggregate, events } of groups) {
      for (let from = 0; from < events.length; from += MOST_EVENTS_OF_A_QUESTION) {
        const some = events.slice(from, from + MOST_EVENTS_OF_A_QUESTION);
        const answer = await this.ask(listener, aggregate, some);
        if (!answer) return;
        await this.conclude(listener, aggregate, some, answer);
      }
    }
  }

  private async conclude(
    listener: string,
    aggregate: string,
    events: readonly UnconfirmedEvent[],
    { events: states, backlog }: InboxStateAnswer,
  ): Promise<void> {
    const { dataSource, onRepublish } = this.dependencies;
    const upTo = new Map(events.map(({ aggregateId }, index) => [aggregateId, states[index]!.upTo]));
    await confirm(dataSource, { listener, aggregate, upTo: [...upTo].filter(([, last]) => last > 0) });
    const fates = events.map((event, index) => fateOf(event, states[index]!, backlog));
    await touch(
      dataSource,
      aggregate,
      events.filter((_, index) => fates[index] === 'underway'),
    );
    const lost = events.filter((_, index) => fates[index] === 'lost');
    if (lost.length === 0) return;
    this.logger.warn(
      `${listener} never got ${lost.length} event(s) of ${aggregate}: they are published again`,
    );
    await publishAgain(dataSource, aggregate, lost);
    onRepublish();
  }

  private async forget({ listener, aggregate, events }: UnconfirmedGroup): Promise<void> {
    const old = events.filter(({ ageMs }) => ageMs > FORGET_AFTER_MS);
    if (old.length === 0) return;
    this.logger.warn(
      `${old.length} event(s) of ${aggregate} awaited ${listener}, which does not subscribe to it: not any more`,
    );
    for (let from = 0; from < old.length; from += MOST_EVENTS_OF_A_QUESTION) {
      const some = old.slice(from, from + MOST_EVENTS_OF_A_QUESTION);
      await waitNoLonger(this.dependencies.dataSource, { aggregate, listener }, some);
    }
  }

  private async ask(
    listener: string,
    aggregate: string,
    events: readonly UnconfirmedEvent[],
  ): Promise<InboxStateAnswer | undefined> {
    const { service, nats } = this.dependencies;
    const question: InboxStateQuestion = {
      ...{ source: service, aggregate },
      events: events.map(({ aggregateId, sequence }) => [aggregateId, sequence]),
    };
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
