/**
 * One process, kept running as a supervisor would: started again when it ended by itself, which is told, and killed on
 * request. Its output goes to a file.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inheritedEnvironment } from './environment.config';

const WORKSPACE_ROOT = join(__dirname, '../../..');
const END_WITH_PARENT = join(__dirname, 'end-with-parent.js');
/** A supervisor does not start at once what just fell over. */
const RESTART_PAUSE_MS = 500;
const SHOWN_LINES = 5;

export interface ProcessPlan {
  readonly name: string;
  /** A TypeScript program, relative to the workspace. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A process that ended though nobody had asked it to. */
export interface UnaskedEnd {
  readonly process: string;
  readonly at: Date;
  /** Exit status, or the signal. */
  readonly status: string;
  /** Whether it had been listening. */
  readonly wasReady: boolean;
  readonly lastLines: readonly string[];
}

export class ManagedProcess<Plan extends ProcessPlan = ProcessPlan> {
  private child?: ChildProcess;
  private isWanted = false;
  private address?: string;
  private lastLines: string[] = [];
  private restart?: NodeJS.Timeout;
  private readonly log: WriteStream;

  constructor(
    readonly plan: Plan,
    private readonly env: Readonly<Record<string, string>>,
    logFolder: string,
    private readonly onUnaskedEnd: (end: UnaskedEnd) => void,
  ) {
    this.log = createWriteStream(join(logFolder, `${plan.name}.log`), { flags: 'a' });
  }

  /** Where it listens; undefined while it does not. */
  get url(): string | undefined {
    return this.address;
  }

  start(): void {
    this.isWanted = true;
    this.spawn();
  }

  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** As an orchestrator would end it. @returns exit status or signal; undefined when it did not run */
  async stop(): Promise<string | undefined> {
    const { child } = this;
    await this.end('SIGTERM');
    return child && String(child.exitCode ?? child.signalCode);
  }

  /** Kills it and lets go of its log. */
  async dispose(): Promise<void> {
    await this.kill();
    await new Promise<void>((resolve) => this.log.end(resolve));
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    this.isWanted = false;
    clearTimeout(this.restart);
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    // Not `exit`: its last words may still be on their way to the log.
    const gone = once(child, 'close');
    child.kill(signal);
    await gone;
  }

  private spawn(): void {
    const { plan, env } = this;
    const args = ['--require', END_WITH_PARENT, '--require', '@swc-node/register', plan.main];
    const child = spawn(process.execPath, args, {
      cwd: WORKSPACE_ROOT,
      env: { ...inheritedEnvironment(), TS_NODE_PROJECT: 'tsconfig.base.json', ...env, ...plan.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.lastLines = [];
    this.log.write(`--- started, process ${child.pid}\n`);
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream! }).on('line', (line) => this.hear(child, line));
    child.once('exit', (code, signal) => this.ended(child, String(code ?? signal)));
  }

  private hear(child: ChildProcess, line: string): void {
    this.log.write(`${line}\n`);
    this.lastLines = [...this.lastLines, line].slice(-SHOWN_LINES);
    if (this.child !== child || !line.includes('"msg":"listening"')) return;
    const { port } = JSON.parse(line) as { port: number };
    this.address = `http://127.0.0.1:${port}`;
  }

  private ended(child: ChildProcess, status: string): void {
    this.log.write(`--- ended: ${status}\n`);
    if (this.child !== child) return;
    const { plan, lastLines } = this;
    const wasReady = this.address !== undefined;
    this.address = undefined;
    if (!this.isWanted) return;
    this.onUnaskedEnd({ process: plan.name, at: new Date(), status, wasReady, lastLines });
    this.restart = setTimeout(() => this.spawn(), RESTART_PAUSE_MS);
  }
}
