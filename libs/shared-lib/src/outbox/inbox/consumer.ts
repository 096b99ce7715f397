/**
 * Brings a subscription's messages from the stream to the inbox. Owns the durable consumer, and what was delivered and is
 * not acknowledged yet; a message is acknowledged when the inbox has it.
 *
 * The stream may be away, or not made yet, or lost with the consumer in it: it is tried again until it is there. What an
 * owner published meanwhile is in its outbox.
 */
import { Logger } from '@nestjs/common';
import {
  AckPolicy,
  DeliverPolicy,
  nanos,
  type ConsumerMessages,
  type JsMsg,
  type NatsConnection,
} from 'nats';
import { consumerOf, streamOf, subjectsOf } from '../../events/streams';
import { isStreamNotFound } from '../../nats/jetstream-errors';
import type { NatsConnector } from '../../nats/nats-connector';
import { BackgroundLoop, type Round } from '../background-loop';
import type { MessagingMetrics } from '../messaging-metrics';
import type { Subscription } from './handlers';
import type { Inbox, Progress } from './inbox';

/** What one transaction takes. */
const BATCH = 200;
const BATCH_BYTES = 8 * 1024 * 1024;
/** The most that the server hands out before we acknowledge some: our memory of a backlog. */
const MAX_UNACKNOWLEDGED = 1_000;
/** Then the server delivers it again: longer than any batch takes, unless the database is away. */
const ACKNOWLEDGE_WITHIN_MS = 30_000;
const IDLE_MS = 5_000;

export interface ConsumerDependencies {
  /** The service that listens. */
  readonly service: string;
  readonly nats: NatsConnector;
  readonly inbox: Inbox;
  readonly onProgress: (subscription: Subscription, progress: Progress) => void;
  readonly metrics?: MessagingMetrics;
}

export class Consumer {
  private readonly logger = new Logger(Consumer.name);
  /** By their place in the stream: what is delivered again, because the database is away for long, takes no more room. */
  private readonly delivered = new Map<number, JsMsg>();
  private readonly pulling: BackgroundLoop;
  private readonly processing: BackgroundLoop;
  private messages?: ConsumerMessages;
  private isStopping = false;

  constructor(
    readonly subscription: Subscription,
    private readonly dependencies: ConsumerDependencies,
  ) {
    const { source, aggregate } = subscription;
    const pull = { name: `Pull ${source}.${aggregate}`, work: () => this.pull(), idleMs: 500 };
    const process = { name: `Inbox ${source}.${aggregate}`, work: () => this.process(), idleMs: IDLE_MS };
    this.pulling = new BackgroundLoop(pull);
    this.processing = new BackgroundLoop(process);
  }

  start(): void {
    this.pulling.start();
    this.processing.start();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.messages?.close();
    await Promise.all([this.pulling.stop(), this.processing.stop()]);
  }

  /**
   * How many messages the stream has for us that we have not acknowledged.
   * @throws NatsError when there is no stream, or no consumer
   */
  async backlog(): Promise<number> {
    const connection = await this.dependencies.nats.connected();
    const manager = await connection.jetstreamManager();
    const { stream, durable } = this.names;
    const info = await manager.consumers.info(stream, durable);
    return info.num_pending + info.num_ack_pending;
  }

  private get names(): { readonly stream: string; readonly durable: string } {
    const { source, aggregate } = this.subscription;
    return { stream: streamOf(source).name, durable: consumerOf(this.dependencies.service, aggregate) };
  }

  /** As long as the connection and the consumer last. */
  private async pull(): Promise<Round> {
    const connection = await this.dependencies.nats.connected();
    if (!(await this.ensureConsumer(connection))) return 'idle';
    const { stream, durable } = this.names;
    const consumer = await connection.jetstream().consumers.get(stream, durable);
    if (this.isStopping) return 'idle';
    this.messages = await consumer.consume({
      max_messages: BATCH,
      idle_heartbeat: 2_000,
      expires: 10_000,
      abort_on_missing_resource: true,
      callback: (message) => {
        this.dependencies.metrics?.received(message.subject);
        this.delivered.set(message.seq, message);
        this.processing.wake();
      },
    });
    if (this.isStopping) await this.messages.close();
    const failure = await this.messages.closed();
    if (failure && !this.isStopping) this.logger.debug(`${durable} is to be made anew`, failure);
    return 'idle';
  }

  /** @returns false as long as the owner has not made its stream */
  private async ensureConsumer(connection: NatsConnection): Promise<boolean> {
    const manager = await connection.jetstreamManager();
    const { stream, durable } = this.names;
    const { source: service, aggregate } = this.subscription;
    try {
      await manager.consumers.add(stream, {
        durable_name: durable,
        filter_subject: subjectsOf({ service, aggregate }),
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        ack_wait: nanos(ACKNOWLEDGE_WITHIN_MS),
        max_ack_pending: MAX_UNACKNOWLEDGED,
      });
      return true;
    } catch (error) {
      if (isStreamNotFound(error)) return false;
      throw error;
    }
  }

  private async process(): Promise<Round> {
    const batch = firstOf(this.delivered.values());
    if (batch.length === 0) return 'idle';
    const deliveries = batch.map(({ data, subject }) => ({ message: data, subject }));
    const progress = await this.dependencies.inbox.accept(this.subscription, deliveries);
    for (const message of batch) {
      this.delivered.delete(message.seq);
      message.ack();
    }
    this.dependencies.onProgress(this.subscription, progress);
    return 'more';
  }
}

/** As many as one transaction takes, by number and by weight; always one. */
function firstOf(messages: Iterable<JsMsg>): JsMsg[] {
  const batch: JsMsg[] = [];
  let bytes = 0;
  for (const message of messages) {
    bytes += message.data.length;
    if (batch.length === BATCH || (batch.length > 0 && bytes > BATCH_BYTES)) break;
    batch.push(message);
  }
  return batch;
}
