/**
 * Listens for the commands of a service and answers them. Owns subscriptions and how many commands run at once; what a command
 * does, once and only once, is `command-processor.ts`. All replicas of a service listen in one queue group: each command goes to
 * one of them.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Msg, NatsConnection, Subscription } from 'nats';
import pLimit, { type LimitFunction } from 'p-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import { NatsConnector } from '../nats/nats-connector';
import type { Metrics } from '../observability/metrics';
import { withSpan } from '../observability/with-span';
import { CommandError } from './command-errors';
import { CommandHandlers, type RegisteredCommand } from './command-handlers';
import { decodeCommand, encodeCommand, type CommandAnswer, type CommandMessage } from './command-message';
import { CommandProcessor } from './command-processor';

/** Each takes a connection of the pool, which has ten for requests, events and these. */
const AT_ONCE = 5;

const FLUSH_TIMEOUT_MS = 1_000;

@Injectable()
export class CommandServer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(CommandServer.name);
  private readonly limit: LimitFunction = pLimit(AT_ONCE);
  private readonly underWay = new Set<Promise<void>>();
  private subscriptions: Subscription[] = [];
  private connection?: NatsConnection;
  private isClosing = false;
  private readonly duration?: ReturnType<typeof durationOf>;

  constructor(
    private readonly service: string,
    private readonly connector: NatsConnector,
    private readonly handlers: CommandHandlers,
    private readonly processor: CommandProcessor,
    metrics?: Metrics,
  ) {
    if (metrics) this.duration = durationOf(metrics);
  }

  onApplicationBootstrap(): void {
    const commands = this.handlers.of(this.service);
    if (commands.length === 0 || !this.connector.isConfigured) return;
    this.keepListening(commands).catch((error: unknown) => {
      if (!this.isClosing) this.logger.error('commands are not answered any more', error);
    });
  }

  /** What has begun is finished and answered before the connection goes; what comes from now on goes to another replica. */
  async onModuleDestroy(): Promise<void> {
    this.isClosing = true;
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    await Promise.all(this.underWay);
    await this.flush();
  }

  /** Closing the connection would throw away the answers that are still on their way out. */
  private async flush(): Promise<void> {
    const { connection } = this;
    if (!connection || connection.isClosed() || !this.connector.isConnected) return;
    const enough = new AbortController();
    try {
      await Promise.race([connection.flush(), sleep(FLUSH_TIMEOUT_MS, undefined, { signal: enough.signal })]);
    } catch (error) {
      // The connection was lost meanwhile; who asked hears nothing, and asks again.
      this.logger.debug('the last answers may be lost', error);
    } finally {
      enough.abort();
    }
  }

  /** The client subscribes again by itself when it reconnects; a connection that was closed for good is followed by a new one. */
  private async keepListening(commands: readonly RegisteredCommand[]): Promise<void> {
    while (!this.isClosing) {
      const connection = await this.connector.connected();
      this.connection = connection;
      this.subscriptions = commands.map((command) => this.listen(connection, command));
      await connection.closed();
    }
  }

  private listen(connection: NatsConnection, command: RegisteredCommand): Subscription {
    return connection.subscribe(command.contract.subject, {
      queue: this.service,
      callback: (error, message) => {
        if (error) {
          this.logger.error(`listening to ${command.contract.subject} failed`, error);
          return;
        }
        const work = this.answer(command, message);
        this.underWay.add(work);
        void work.finally(() => this.underWay.delete(work));
      },
    });
  }

  private async answer(command: RegisteredCommand, message: Msg): Promise<void> {
    const { name } = command.contract;
    try {
      const answer = await this.decideOn(command, message);
      if (answer) message.respond(encodeCommand(`the answer of ${name}`, answer));
    } catch (error) {
      // The sender hears nothing, and sends it again.
      this.logger.error(`${name} could not be answered`, error);
    }
  }

  private async decideOn(command: RegisteredCommand, message: Msg): Promise<CommandAnswer | undefined> {
    const receivedAt = Date.now();
    let decoded: CommandMessage;
    try {
      decoded = decodeCommand(command.contract.name, message.data);
    } catch (error) {
      if (error instanceof CommandError)
        return { outcome: 'error', code: error.code, message: error.message };
      throw error;
    }
    return this.limit(async () => {
      // Whoever sent it has given up by now, and sends it again.
      if (Date.now() - receivedAt > decoded.timeoutMs) return undefined;
      const { name, subject } = command.contract;
      const traceparent = message.headers?.get('traceparent');
      const startedAt = performance.now();
      const answer = await withSpan(`decide ${subject}`, { kind: 'server', traceparent }, () =>
        this.processor.process(command, decoded),
      );
      this.duration?.observe(
        { command: name, outcome: answer.outcome },
        (performance.now() - startedAt) / 1_000,
      );
      return answer;
    });
  }
}

function durationOf(metrics: Metrics) {
  return metrics.histogram({
    name: 'command_duration_seconds',
    help: 'Time to decide on a command, by what was decided',
    labels: ['command', 'outcome'],
  });
}
