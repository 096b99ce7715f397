/**
 * Sends commands and waits for their answers. Owns one attempt; when to make the next one is the caller's to say, with the same
 * key, which makes it safe. Does not remember anything.
 */
import { Injectable } from '@nestjs/common';
import { ErrorCode, headers, NatsError, type MsgHdrs, type NatsConnection } from 'nats';
import { setTimeout as sleep } from 'node:timers/promises';
import { NatsConnector } from '../nats/nats-connector';
import { currentTraceparent } from '../observability/current-traceparent';
import { withSpan } from '../observability/with-span';
import { readAs } from '../validation/read-as';
import type { CommandContract } from './command-contract';
import { CommandError, CommandRefused, CommandUnanswered } from './command-errors';
import { decodeAnswer, encodeCommand, MAX_KEY_LENGTH, type CommandAnswer } from './command-message';

const DEFAULT_TIMEOUT_MS = 5_000;

export interface SendOptions {
  /** Which command it is, in every attempt: at most 200 characters. A new key is a new command. */
  readonly key: string;
  /** How long to wait for the answer; 5,000 when left out. */
  readonly timeoutMs?: number;
  /** When the first attempt was made; now when left out, which is right for a first attempt alone. */
  readonly firstSentAt?: Date;
}

export interface UndoOptions extends SendOptions {
  readonly undoes: {
    /** Of the command that is to be taken back. */
    readonly key: string;
    /** Whether it is known that it was done; else the service finds out, and sees to it that it never will be. */
    readonly wasDone: boolean;
    /** What it answered, where it is known that it was done. */
    readonly reply?: object | void;
  };
}

@Injectable()
export class CommandClient {
  constructor(private readonly connector: NatsConnector) {}

  /**
   * @throws CommandRefused, CommandUnanswered, CommandError
   */
  async send<Request extends object, Reply extends object | void>(
    contract: CommandContract<Request, Reply>,
    request: Request,
    options: SendOptions,
  ): Promise<Reply> {
    const answer = await this.request(contract, request, options);
    if (answer.outcome !== 'done')
      throw malformed(contract, `it cannot be answered with "${answer.outcome}"`);
    if (!contract.replyClass) return undefined as Reply;
    const read = readAs(contract.replyClass, answer.reply);
    if (!read.faults) return read.value;
    throw new CommandError(
      'COMMAND_REPLY_INVALID',
      `the reply of ${contract.name}: ${read.faults.join('; ')}`,
    );
  }

  /**
   * Sends a command that takes another one back.
   * @returns `nothing-to-undo` when that one was not done, and never will be
   * @throws CommandRefused, CommandUnanswered, CommandError
   */
  async undo<Request extends object>(
    contract: CommandContract<Request>,
    request: Request,
    options: UndoOptions,
  ): Promise<'undone' | 'nothing-to-undo'> {
    const { outcome } = await this.request(contract, request, options);
    return outcome === 'done' ? 'undone' : 'nothing-to-undo';
  }

  private async request(
    contract: CommandContract,
    request: object,
    options: SendOptions & Partial<UndoOptions>,
  ): Promise<Extract<CommandAnswer, { outcome: 'done' | 'nothing-to-undo' }>> {
    const { key, timeoutMs = DEFAULT_TIMEOUT_MS, firstSentAt = new Date(), undoes } = options;
    refuseUnfit(contract, request, key);
    const bytes = encodeCommand(`${contract.name} ${key}`, {
      ...{ key, request, firstSentAt: firstSentAt.toISOString(), timeoutMs },
      ...(undoes && { undoes: { ...undoes, reply: undoes.reply ?? undefined } }),
    });
    const answer = await withSpan(`send ${contract.subject}`, { kind: 'client' }, () =>
      this.exchange(contract, bytes, timeoutMs),
    );
    switch (answer.outcome) {
      case 'refused':
        throw new CommandRefused(answer.code, answer.message);
      case 'error':
        throw new CommandError(answer.code, answer.message);
      case 'failed':
        throw new CommandUnanswered('failed', answer.message);
      default:
        return answer;
    }
  }

  private async exchange(
    contract: CommandContract,
    bytes: Uint8Array,
    timeoutMs: number,
  ): Promise<CommandAnswer> {
    const startedAt = Date.now();
    const connection = await this.connection(contract, timeoutMs);
    const timeout = Math.max(1, timeoutMs - (Date.now() - startedAt));
    try {
      const message = await connection.request(contract.subject, bytes, { timeout, headers: traceHeaders() });
      return decodeAnswer(`the answer to ${contract.name}`, message.data);
    } catch (error) {
      throw unanswered(contract, error);
    }
  }

  private async connection(contract: CommandContract, timeoutMs: number): Promise<NatsConnection> {
    const giveUp = new AbortController();
    try {
      return await Promise.race([
        this.connector.connected(),
        sleep(timeoutMs, undefined, { signal: giveUp.signal }).then(() => {
          throw new Error(`there was no connection to NATS for ${timeoutMs} ms`);
        }),
      ]);
    } catch (error) {
      throw new CommandUnanswered('connection', `${contract.name} was not sent: ${messageOf(error)}`, {
        cause: error,
      });
    } finally {
      giveUp.abort();
    }
  }
}

function traceHeaders(): MsgHdrs {
  const result = headers();
  const traceparent = currentTraceparent();
  if (traceparent !== undefined) result.set('traceparent', traceparent);
  return result;
}

function refuseUnfit({ name, requestClass }: CommandContract, request: object, key: string): void {
  if (key === '' || key.length > MAX_KEY_LENGTH) {
    throw new CommandError(
      'COMMAND_KEY_INVALID',
      `the key of ${name} has ${key.length} characters: it takes 1 to ${MAX_KEY_LENGTH}`,
    );
  }
  const { faults } = readAs(requestClass, JSON.parse(JSON.stringify(request)));
  if (faults) throw new CommandError('COMMAND_REQUEST_INVALID', `${name}: ${faults.join('; ')}`);
}

function unanswered({ name, service }: CommandContract, error: unknown): Error {
  if (error instanceof CommandError) return error;
  const code = error instanceof NatsError ? error.code : '';
  if (code === String(ErrorCode.NoResponders)) {
    return new CommandUnanswered('no-responders', `nobody answers ${name}: is ${service} running?`, {
      cause: error,
    });
  }
  if (code === String(ErrorCode.Timeout)) {
    return new CommandUnanswered('timeout', `${service} did not answer ${name} in time`, { cause: error });
  }
  return new CommandUnanswered('connection', `${name} got no answer: ${messageOf(error)}`, { cause: error });
}

function malformed({ name }: CommandContract, problem: string): CommandError {
  return new CommandError('COMMAND_MALFORMED', `the answer to ${name} is none of ours: ${problem}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
