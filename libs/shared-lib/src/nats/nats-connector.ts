/**
 * A service's one connection to NATS. Owns connecting, again and again for as long as the service lives, and letting go.
 * Does not own what is sent.
 *
 * A service boots, answers and stays up without NATS: whoever needs it waits for `connected()`.
 */
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { connect, Events, type NatsConnection } from 'nats';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectionOptions } from './connection-options';
import { NatsConfig } from './nats.config';

/** Between two attempts to reach a server that was never reached; the client has its own once it was. */
const ATTEMPT_PAUSE_MS = 500;

@Injectable()
export class NatsConnector implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(NatsConnector.name);
  private readonly closing = new AbortController();
  private connection?: NatsConnection;
  private waiting: ((connection: NatsConnection | undefined) => void)[] = [];
  private isUp = false;
  private running?: Promise<void>;

  constructor(
    private readonly config: NatsConfig,
    private readonly name: string,
  ) {}

  /** Whether a server was named at all. */
  get isConfigured(): boolean {
    return this.config.url !== undefined;
  }

  get isConnected(): boolean {
    return this.isUp;
  }

  onModuleInit(): void {
    const { url } = this.config;
    if (url !== undefined) this.running = this.keepConnected(url);
  }

  /**
   * The connection, as soon as there is one; it may be reconnecting at the moment.
   * @throws Error when the application shuts down first, or no server was named
   */
  async connected(): Promise<NatsConnection> {
    if (this.connection && !this.connection.isClosed()) return this.connection;
    if (!this.isConfigured) throw new Error('no NATS server was named (NATS_URL)');
    if (this.closing.signal.aborted) throw new Error('the connection to NATS was given up: shutting down');
    const connection = await new Promise<NatsConnection | undefined>((resolve) => this.waiting.push(resolve));
    if (connection) return connection;
    throw new Error('the connection to NATS was given up: shutting down');
  }

  /** Whoever waits for a connection that never was gives up now: the first thing to do when the application ends. */
  stopWaiting(): void {
    this.closing.abort();
    this.tell(undefined);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopWaiting();
    await this.connection?.close();
    await this.running;
  }

  private async keepConnected(url: string): Promise<void> {
    const { signal } = this.closing;
    let isFirstFailure = true;
    while (!signal.aborted) {
      try {
        const connection = await connect(connectionOptions(url, this.name));
        isFirstFailure = true;
        await this.use(connection);
      } catch (error) {
        // Once, and not every half second for as long as the server is away.
        if (isFirstFailure) this.logger.warn(`NATS cannot be reached, trying on: ${codeOf(error)}`);
        isFirstFailure = false;
        await pause(ATTEMPT_PAUSE_MS, signal);
      }
    }
  }

  /** Until the connection is closed for good: by us, or by a server that refuses our credentials. */
  private async use(connection: NatsConnection): Promise<void> {
    if (this.closing.signal.aborted) return connection.close();
    this.connection = connection;
    this.isUp = true;
    this.logger.log(`connected to NATS at ${connection.getServer()}`);
    this.tell(connection);
    // Not waited for: the client never ends this list.
    void this.follow(connection);
    await connection.closed();
    this.isUp = false;
  }

  private async follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === Events.Disconnect) {
        this.isUp = false;
        this.logger.warn('lost the connection to NATS, trying on');
      } else if (type === Events.Reconnect) {
        this.isUp = true;
        this.logger.log('connected to NATS again');
      }
    }
  }

  private tell(connection: NatsConnection | undefined): void {
    for (const resolve of this.waiting.splice(0)) resolve(connection);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The client's errors name servers, and a URL has a password in it. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
}
