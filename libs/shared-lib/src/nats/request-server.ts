import { Logger } from '@nestjs/common';
import type { Msg, NatsConnection, Subscription } from 'nats';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { NatsConnector } from './nats-connector';
import { requestSubject, type Answer } from './requests';

/** What answers a request: its body, already parsed, to a reply that JSON can hold. */
export type RequestHandler = (body: unknown) => Promise<unknown>;

/** Each takes a connection of the pool; a crowd that asks must not take those of the users. */
const ANSWERED_AT_ONCE = 4;
/** Before it subscribes anew, when that failed: permissions that are missing, a connection that is just closing. */
const PAUSE_MS = 1_000;
/** Nothing of the inside; the log has it. */
const FAILURE: Answer = { failure: 'it failed, see its log' };

/**
 * Answers requests of one name, together with the other processes of the service: each request goes to one of them. Goes on
 * for as long as the service lives, whatever becomes of a single answer or of the connection.
 */
export class RequestServer {
  private readonly logger = new Logger(RequestServer.name);
  private readonly subject: string;
  private readonly stopping = new AbortController();
  private readonly answering = new Set<Promise<void>>();
  private readonly limit = pLimit(ANSWERED_AT_ONCE);
  private subscription?: Subscription;
  private running?: Promise<void>;

  constructor(
    private readonly nats: NatsConnector,
    private readonly service: string,
    name: string,
    private readonly handle: RequestHandler,
  ) {
    this.subject = requestSubject(service, name);
  }

  start(): void {
    this.running ??= this.serve();
  }

  /** Resolves when what was asked is answered. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.subscription?.unsubscribe();
    await Promise.all(this.answering);
  }

  /** A connection that is closed for good is followed by another one. */
  private async serve(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.answerAll(await this.nats.connected());
      } catch (error) {
        if (signal.aborted) return;
        this.logger.warn(`does not answer ${this.subject}, and subscribes to it again`, error);
        await this.pause();
      }
    }
  }

  /** For as long as the subscription lasts. */
  private async answerAll(connection: NatsConnection): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.subscription = connection.subscribe(this.subject, { queue: this.service });
    for await (const message of this.subscription) {
      const answer = this.limit(() => this.answer(message)).finally(() => this.answering.delete(answer));
      this.answering.add(answer);
    }
  }

  /** Never rejects. */
  private async answer(message: Msg): Promise<void> {
    const outcome = await this.outcomeOf(message);
    if (this.respond(message, outcome)) return;
    // Too large for a message, or not JSON: whoever asked is told at least that much.
    this.respond(message, FAILURE);
  }

  private async outcomeOf(message: Msg): Promise<Answer> {
    try {
      return { reply: await this.handle(message.json()) };
    } catch (error) {
      this.logger.error(`could not answer ${this.subject}`, error);
      return FAILURE;
    }
  }

  private respond(message: Msg, answer: Answer): boolean {
    try {
      message.respond(JSON.stringify(answer));
      return true;
    } catch (error) {
      this.logger.error(`an answer to ${this.subject} cannot be sent`, error);
      return false;
    }
  }

  private async pause(): Promise<void> {
    const { signal } = this.stopping;
    try {
      await sleep(PAUSE_MS, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
