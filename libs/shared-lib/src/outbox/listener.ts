import { NatsError } from 'nats';
import type { DataSource } from 'typeorm';
import type { EventRegistry } from '../events/event-registry';
import type { NatsConnector } from '../nats/nats-connector';
import { RequestServer } from '../nats/request-server';
import { Consumer } from './inbox/consumer';
import type { Subscription } from './inbox/handlers';
import { Inbox, type Progress } from './inbox/inbox';
import { INBOX_STATE, inboxState, InboxStateQuestion, type InboxStateAnswer } from './inbox/inbox-state';
import { Join } from './inbox/join';
import { Receipts } from './inbox/receipts';
import { Retries } from './inbox/retries';
import type { MessagingMetrics } from './messaging-metrics';
import type { MessagingSettings } from './messaging-settings';
import { asked } from './asked';

export interface ListenerDependencies {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly nats: NatsConnector;
  readonly registry: EventRegistry;
  readonly settings: MessagingSettings;
  readonly subscriptions: readonly Subscription[];
  readonly metrics?: MessagingMetrics;
}

/** All that a process does for the events that its service listens to. */
export class Listener {
  private readonly consumers: readonly Consumer[];
  private readonly parts: readonly { start(): void; stop(): Promise<void> }[];

  constructor(private readonly dependencies: ListenerDependencies) {
    const { service, nats, subscriptions } = dependencies;
    const inbox = new Inbox(dependencies);
    const receipts = new Receipts(service, nats, subscriptions);
    const onProgress = (subscription: Subscription, progress: Progress): void =>
      receipts.add(subscription, progress);
    const wired = { ...dependencies, inbox, onProgress };
    this.consumers = subscriptions.map((subscription) => new Consumer(subscription, wired));
    this.parts = [
      ...this.consumers,
      ...subscriptions.map((subscription) => new Join(subscription, wired)),
      new Retries(subscriptions, wired),
      receipts,
      new RequestServer(nats, service, INBOX_STATE, (body) => this.answerState(body)),
    ];
  }

  start(): void {
    for (const part of this.parts) part.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.parts.map((part) => part.stop()));
  }

  private async answerState(body: unknown): Promise<InboxStateAnswer> {
    const question = asked(InboxStateQuestion, body);
    // The backlog first: what is delivered after it was counted is seen as processed, and not the other way round.
    const backlog = await this.backlogOf(question);
    return { ...(await inboxState(this.dependencies.dataSource, question)), backlog };
  }

  private async backlogOf({ source, aggregate }: InboxStateQuestion): Promise<number | null> {
    const consumer = this.consumers.find(
      ({ subscription }) => subscription.source === source && subscription.aggregate === aggregate,
    );
    try {
      return consumer ? await consumer.backlog() : null;
    } catch (error) {
      if (error instanceof NatsError) return null;
      throw error;
    }
  }
}
