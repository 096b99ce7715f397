/** A participant's process, as the bench sees it. */
import { inheritedEnvironment } from '@hockey-hub/child-processes';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BenchError } from '../../errors';
import { CONNECTIONS, type ContenderName, type Role, type Servers } from '../contenders/contender';
import type { Answers, Message, Question } from './messages';

const MAIN = join(__dirname, 'main.ts');
const CONNECT_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 15_000;
const SHOWN_OUTPUT_CHARACTERS = 4_000;

export interface Participant {
  /** @throws BenchError CONTENDER_FAILED when the process ended instead, or did not answer in time */
  ask<Kind extends Question['kind']>(
    question: Extract<Question, { kind: Kind }>,
    timeoutMs: number,
  ): Promise<Answers[Kind]>;
  /**
   * Lets the process close what it holds, and waits until it is gone.
   * @throws BenchError CONTENDER_FAILED when it failed at that; it is gone then, too
   */
  end(): Promise<void>;
  /** For when the measurement has failed anyway. */
  kill(): Promise<void>;
}

/** @throws BenchError CONTENDER_FAILED when it is not ready in time */
export async function startParticipant(
  workspaceRoot: string,
  contender: ContenderName,
  role: Role,
  { databaseUrl, natsUrl }: Servers,
  timeoutMs: number,
): Promise<Participant> {
  const child = fork(MAIN, [contender, role], {
    cwd: workspaceRoot,
    execArgv: ['--require', '@swc-node/register'],
    env: {
      ...inheritedEnvironment(),
      TS_NODE_PROJECT: 'tsconfig.base.json',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(CONNECTIONS),
      // Who waits long for a connection is slow, which is a result; nobody is to give up over it.
      DATABASE_CONNECT_TIMEOUT_MS: String(CONNECT_TIMEOUT_MS),
      NATS_URL: natsUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const participant = new ForkedParticipant(child, `the ${role} of ${contender}`);
  try {
    await participant.ready(timeoutMs);
  } catch (error) {
    await participant.kill();
    throw error;
  }
  return participant;
}

class ForkedParticipant implements Participant {
  private output = '';
  private readonly over: Promise<unknown>;

  constructor(
    private readonly child: ChildProcess,
    private readonly title: string,
  ) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        this.output = `${this.output}${chunk.toString()}`.slice(-SHOWN_OUTPUT_CHARACTERS);
      });
    }
    // Not 'close', which never comes when it was us who disconnected.
    this.over = Promise.all([
      once(child, 'exit'),
      once(child.stdout!, 'close'),
      once(child.stderr!, 'close'),
    ]);
  }

  async ready(timeoutMs: number): Promise<void> {
    await this.next('ready', timeoutMs, 'did not start');
  }

  async ask<Kind extends Question['kind']>(
    question: Extract<Question, { kind: Kind }>,
    timeoutMs: number,
  ): Promise<Answers[Kind]> {
    const answered = this.next('answer', timeoutMs, `did not answer "${question.kind}"`);
    this.child.send(question);
    const { answer } = await answered;
    return answer as Answers[Kind];
  }

  async end(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    const late = setTimeout(() => this.child.kill('SIGKILL'), END_TIMEOUT_MS);
    await this.over;
    clearTimeout(late);
    if (this.child.exitCode !== 0) throw this.failure('did not end as it should');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.over;
  }

  private async next<Kind extends Message['kind']>(
    kind: Kind,
    timeoutMs: number,
    problem: string,
  ): Promise<Extract<Message, { kind: Kind }>> {
    const inTime = new AbortController();
    const timer = setTimeout(() => inTime.abort(), timeoutMs);
    try {
      const ended = this.over.then(() => Promise.reject(this.failure(`${problem}: it ended`)));
      const answered = once(this.child, 'message', { signal: inTime.signal });
      const [message] = (await Promise.race([answered, ended])) as [Message];
      if (message.kind === kind) return message as Extract<Message, { kind: Kind }>;
      throw this.failure(`${problem}: it said "${message.kind}"`);
    } catch (error) {
      if (!inTime.signal.aborted) throw error;
      throw this.failure(`${problem} within ${timeoutMs / 1_000} s`, error);
    } finally {
      clearTimeout(timer);
    }
  }

  private failure(problem: string, cause?: unknown): BenchError {
    const printed = this.output.trim();
    const text = printed === '' ? '' : ` It printed:\n${printed}`;
    return new BenchError('CONTENDER_FAILED', `${this.title} ${problem}.${text}`, { cause });
  }
}
