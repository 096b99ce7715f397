/** The clients in their process, as whoever measures them sees them. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inheritedEnvironment } from '@hockey-hub/child-processes';
import type { ClientGroup, DatabaseUrls } from '../client-group';
import { ConversionClientsError } from '../errors';
import type { LoadOptions, Witnessed } from '../load/client-load';
import type { Answer, Answers, Question, RequestCount } from './messages';

const MAIN = join(__dirname, 'main.ts');
const WORKSPACE_ROOT = join(__dirname, '../../../..');
const SHOWN_OUTPUT_CHARACTERS = 4_000;

/** All of it @throws ConversionClientsError CLIENTS_FAILED when the process has failed. One call at a time. */
export interface Clients {
  /** Their requests have begun when this resolves. */
  begin(group: ClientGroup): Promise<void>;
  /** Those who are there learn ids of users that were not there before: UUIDs that were made since. */
  learn(): Promise<void>;
  end(group: ClientGroup): Promise<void>;
  count(): Promise<RequestCount>;
  /** Ends the load when the last answer has come, and the process. */
  stop(): Promise<Witnessed>;
  /** For when something else has failed anyway; does nothing after `stop`. */
  kill(): Promise<void>;
}

/**
 * Starts the process; no requests yet.
 * @throws ConversionClientsError CLIENTS_FAILED
 */
export async function startClients(urls: DatabaseUrls, options: LoadOptions): Promise<Clients> {
  const child = fork(MAIN, [], {
    cwd: WORKSPACE_ROOT,
    execArgv: ['--require', '@swc-node/register'],
    env: { ...inheritedEnvironment(), TS_NODE_PROJECT: 'tsconfig.base.json' },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const clients = new ForkedClients(child);
  await clients.open(urls, options);
  return clients;
}

class ForkedClients implements Clients {
  private output = '';
  private readonly over: Promise<unknown>;

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        this.output = `${this.output}${chunk.toString()}`.slice(-SHOWN_OUTPUT_CHARACTERS);
      });
    }
    this.over = once(child, 'exit');
  }

  async open(urls: DatabaseUrls, options: LoadOptions): Promise<void> {
    await this.ask({ kind: 'open', urls, options });
  }

  async begin(group: ClientGroup): Promise<void> {
    await this.ask({ kind: 'begin', group });
  }

  async learn(): Promise<void> {
    await this.ask({ kind: 'learn' });
  }

  async end({ name }: ClientGroup): Promise<void> {
    await this.ask({ kind: 'end', group: name });
  }

  count(): Promise<RequestCount> {
    return this.ask({ kind: 'count' });
  }

  async stop(): Promise<Witnessed> {
    const witnessed = await this.ask({ kind: 'stop' });
    await this.kill();
    return witnessed;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.over;
  }

  private async ask<Kind extends Question['kind']>(
    question: Extract<Question, { kind: Kind }>,
  ): Promise<Answers[Kind]> {
    if (!this.child.connected) throw this.failure(`could not be asked to ${question.kind}: they have ended`);
    const ended = this.over.then(() =>
      Promise.reject(this.failure(`ended instead of answering "${question.kind}"`)),
    );
    const answered = once(this.child, 'message');
    this.child.send(question);
    const [message] = (await Promise.race([answered, ended])) as [Answer];
    if (message.kind === 'answer') return message.answer as Answers[Kind];
    throw this.failure(`failed at "${question.kind}": ${message.reason}`);
  }

  private failure(problem: string): ConversionClientsError {
    const printed = this.output.trim();
    const text = printed === '' ? '' : ` They printed:\n${printed}`;
    return new ConversionClientsError('CLIENTS_FAILED', `the clients ${problem}.${text}`);
  }
}
