/**
 * Requests between services that are no commands: JSON over NATS's request/reply, without retries of its own, because each
 * who asks here asks again anyway. Owns asking; who answers is request-server.ts. The subjects are `rpc.<service>.<name>`,
 * outside of the streams.
 */
import { ErrorCode, NatsError, type Msg, type NatsConnection } from 'nats';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsConnector } from './nats-connector';
import { RequestError } from './request-error';

export function requestSubject(service: string, name: string): string {
  return `rpc.${service}.${name}`;
}

/** What travels back. */
export type Answer = { readonly reply: unknown } | { readonly failure: string };

export interface Addressee {
  readonly service: string;
  readonly name: string;
  /** For all of it: waiting for the connection, and for the answer. */
  readonly timeoutMs: number;
}

/**
 * Asks a service.
 * @throws RequestError with each of its codes
 */
export async function request<Reply>(nats: NatsConnector, to: Addressee, body: unknown): Promise<Reply> {
  const { service, name } = to;
  const answer = readAnswer(await exchange(nats, to, JSON.stringify(body)), to);
  if ('reply' in answer) return answer.reply as Reply;
  throw new RequestError(
    'REQUEST_FAILED',
    `${service} could not answer ${requestSubject(service, name)}: ${answer.failure}`,
  );
}

async function exchange(nats: NatsConnector, to: Addressee, body: string): Promise<Msg> {
  const end = Date.now() + to.timeoutMs;
  try {
    const connection = await connectedWithin(nats, to);
    const timeout = Math.max(1, end - Date.now());
    return await connection.request(requestSubject(to.service, to.name), body, { timeout });
  } catch (error) {
    throw error instanceof RequestError ? error : notAnswered(to, error);
  }
}

async function connectedWithin(nats: NatsConnector, to: Addressee): Promise<NatsConnection> {
  const waiting = new AbortController();
  const timeout = sleep(to.timeoutMs, undefined, { signal: waiting.signal }).catch((error: unknown) => {
    if (!waiting.signal.aborted) throw error;
  });
  try {
    const connection = await Promise.race([nats.connected(), timeout]);
    if (connection) return connection;
  } finally {
    waiting.abort();
  }
  throw new RequestError(
    'NO_ANSWER',
    `${requestSubject(to.service, to.name)} was not asked: this process has had no connection to NATS for ` +
      `${to.timeoutMs} ms. Does the server of NATS_URL run?`,
  );
}

function notAnswered({ service, name, timeoutMs }: Addressee, cause: unknown): RequestError {
  const subject = requestSubject(service, name);
  const code = cause instanceof NatsError ? cause.code : undefined;
  switch (code) {
    case ErrorCode.NoResponders:
      return new RequestError('NOBODY_ANSWERS', `nobody answers ${subject}: is ${service} up?`, { cause });
    case ErrorCode.Timeout:
      return new RequestError('NO_ANSWER', `${service} did not answer ${subject} within ${timeoutMs} ms`, {
        cause,
      });
    default:
      return new RequestError('REQUEST_NOT_SENT', `${subject} could not be asked: ${reasonOf(cause)}`, {
        cause,
      });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function readAnswer(message: Msg, { service, name }: Addressee): Answer {
  let answer: unknown;
  let cause: unknown;
  try {
    answer = message.json();
  } catch (error) {
    cause = error;
  }
  if (isAnswer(answer)) return answer;
  throw new RequestError(
    'ANSWER_UNREADABLE',
    `what came back from ${requestSubject(service, name)} is no answer of ${service}: does something else subscribe to it?`,
    { cause },
  );
}

function isAnswer(answer: unknown): answer is Answer {
  return typeof answer === 'object' && answer !== null && ('reply' in answer || 'failure' in answer);
}
