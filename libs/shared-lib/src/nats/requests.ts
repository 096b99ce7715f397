/**
 * Requests between services that are no commands: JSON over NATS's request/reply, without retries of its own, because each
 * who asks here asks again anyway. Owns encoding and answers; the subjects are `rpc.<service>.<name>`, outside of the streams.
 */
import { Logger } from '@nestjs/common';
import type { Msg, Subscription } from 'nats';
import type { NatsConnector } from './nats-connector';
import { RequestError } from './request-error';

export function requestSubject(service: string, name: string): string {
  return `rpc.${service}.${name}`;
}

type Answer = { readonly reply: unknown } | { readonly failure: string };

/**
 * Asks a service.
 * @throws RequestError NO_ANSWER when none of its processes answered in time, REQUEST_FAILED when it could not
 */
export async function request<Reply>(
  nats: NatsConnector,
  { service, name, timeoutMs }: { service: string; name: string; timeoutMs: number },
  body: unknown,
): Promise<Reply> {
  const subject = requestSubject(service, name);
  let answer: Answer;
  try {
    const connection = await nats.connected();
    const message = await connection.request(subject, JSON.stringify(body), { timeout: timeoutMs });
    answer = message.json<Answer>();
  } catch (error) {
    throw new RequestError('NO_ANSWER', `${service} did not answer ${subject} within ${timeoutMs} ms`, {
      cause: error,
    });
  }
  if ('reply' in answer) return answer.reply as Reply;
  throw new RequestError('REQUEST_FAILED', `${service} could not answer ${subject}: ${answer.failure}`);
}

/** What answers a request: its body, already parsed, to a reply that JSON can hold. */
export type RequestHandler = (body: unknown) => Promise<unknown>;

/** Answers requests of one name, together with the other processes of the service: each request goes to one of them. */
export class RequestServer {
  private readonly logger = new Logger(RequestServer.name);
  private subscription?: Subscription;
  private isStopping = false;
  private running?: Promise<void>;
  private readonly answering = new Set<Promise<void>>();

  constructor(
    private readonly nats: NatsConnector,
    private readonly service: string,
    private readonly name: string,
    private readonly handle: RequestHandler,
  ) {}

  start(): void {
    this.running ??= this.serve();
  }

  /** Resolves when what was asked is answered. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.subscription?.unsubscribe();
    await Promise.all(this.answering);
  }

  /** A connection that is closed for good is followed by another one. */
  private async serve(): Promise<void> {
    while (!this.isStopping) {
      try {
        const connection = await this.nats.connected();
        if (this.isStopping) return;
        this.subscription = connection.subscribe(requestSubject(this.service, this.name), {
          queue: this.service,
        });
        for await (const message of this.subscription) {
          const answer = this.answer(message).finally(() => this.answering.delete(answer));
          this.answering.add(answer);
        }
      } catch (error) {
        // Only while shutting down: `connected` waits for as long as it takes.
        if (!this.isStopping) this.logger.debug('no longer answers requests', error);
        return;
      }
    }
  }

  private async answer(message: Msg): Promise<void> {
    message.respond(JSON.stringify(await this.outcomeOf(message)));
  }

  private async outcomeOf(message: Msg): Promise<Answer> {
    try {
      return { reply: await this.handle(message.json()) };
    } catch (error) {
      this.logger.error(`could not answer ${message.subject}`, error);
      // Nothing of the inside; the log has it.
      return { failure: 'it failed, see its log' };
    }
  }
}
