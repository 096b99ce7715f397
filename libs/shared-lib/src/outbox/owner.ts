import type { DataSource } from 'typeorm';
import type { Subscriptions } from '../events/subscriptions';
import type { NatsConnector } from '../nats/nats-connector';
import { RequestServer } from '../nats/request-server';
import { AfterCommit } from './after-commit';
import { asked } from './asked';
import { ReceiptBody, RECEIPTS } from './inbox/receipts';
import type { MessagingMetrics } from './messaging-metrics';
import type { MessagingSettings } from './messaging-settings';
import { OutboxError } from './outbox-error';
import { confirm } from './relay/confirmations';
import {
  MISSING_EVENTS,
  MissingEventsQuestion,
  publishMissing,
  type MissingEventsAnswer,
} from './relay/missing-events';
import { Reconciler } from './relay/reconciler';
import { Relay } from './relay/relay';
import { SNAPSHOT, snapshotPage, SnapshotQuestion } from './relay/snapshots';
import { Notices, Notifier } from './relay/wake-up';
import type { SnapshotReader } from './snapshot-of';

export interface OwnerDependencies {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly nats: NatsConnector;
  readonly settings: MessagingSettings;
  readonly subscriptions?: Subscriptions;
  /** Whether this process publishes; another one must, when it does not. */
  readonly isRelay: boolean;
  /** By aggregate: what this process can say about the state of things. */
  readonly snapshots: ReadonlyMap<string, SnapshotReader>;
  readonly metrics?: MessagingMetrics;
}

interface Part {
  start(): void;
  stop(): Promise<void>;
}

/** All that a process does for the events that its service publishes. */
export class Owner {
  private readonly parts: readonly Part[];
  /** Tells a relay, here or in another process, that there is work. */
  private wake!: () => void;

  constructor(private readonly dependencies: OwnerDependencies) {
    const { isRelay, snapshots, nats, service } = dependencies;
    const receipts = new RequestServer(nats, service, RECEIPTS, (body) => this.takeReceipt(body));
    const answers = new RequestServer(nats, service, SNAPSHOT, (body) => this.answerSnapshot(body));
    const missing = new RequestServer(nats, service, MISSING_EVENTS, (body) => this.publishMissing(body));
    this.parts = [
      receipts,
      missing,
      ...(snapshots.size > 0 ? [answers] : []),
      ...(isRelay ? this.relaying() : this.notifying()),
    ];
    dependencies.dataSource.subscribers.push(new AfterCommit(this.wake));
  }

  start(): void {
    for (const part of this.parts) part.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.parts.map((part) => part.stop()));
  }

  private relaying(): Part[] {
    const relay = new Relay(this.dependencies);
    this.wake = () => relay.wake();
    const reconciler = new Reconciler({
      ...this.dependencies,
      ensureStream: () => relay.ensureStream(),
      onRepublish: this.wake,
    });
    return [relay, reconciler, new Notices(this.dependencies.dataSource, this.wake)];
  }

  private notifying(): Part[] {
    const notifier = new Notifier(this.dependencies.dataSource);
    this.wake = () => notifier.wake();
    return [notifier];
  }

  private async takeReceipt(body: unknown): Promise<object> {
    await confirm(this.dependencies.dataSource, asked(ReceiptBody, body));
    return {};
  }

  private async publishMissing(body: unknown): Promise<MissingEventsAnswer> {
    const { dataSource, settings } = this.dependencies;
    const answer = await publishMissing(
      dataSource,
      asked(MissingEventsQuestion, body),
      settings.gapPatienceMs / 2,
    );
    this.wake();
    return answer;
  }

  private async answerSnapshot(body: unknown): Promise<object> {
    const question = asked(SnapshotQuestion, body);
    const read = this.dependencies.snapshots.get(question.aggregate);
    if (read) return snapshotPage(this.dependencies.dataSource, read, question);
    throw new OutboxError(
      'SNAPSHOT_MISSING',
      `somebody asks for the state of every ${question.aggregate}, and no method of ${this.dependencies.service} has ` +
        '@SnapshotOf for it.',
    );
  }
}
