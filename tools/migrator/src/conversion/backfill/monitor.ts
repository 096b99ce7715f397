/**
 * Looks around while the workers of one task work, in a session of its own: closes and opens their gate, and tells how far
 * the task is. Every quarter of a second; the workers themselves ask nobody before a batch.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { readProgress, setThrottled, type Task, type TaskProgress } from '../state/tasks';
import type { FillSession } from './fill-session';
import type { Gate } from './gate';
import type { Health, Sign } from './health';
import { Pace } from './pace';
import { readSigns } from './signs';

const EVERY_MS = 250;

export interface FillProgress extends TaskProgress {
  /** Of the last seconds; 0 before there is something to measure. */
  readonly rowsPerSecond: number;
  /** By the estimate of rows; null when nothing moves, or nobody knows. */
  readonly secondsLeft: number | null;
}

export type OnProgress = (progress: FillProgress) => void;

export interface MonitorOptions {
  readonly session: FillSession;
  readonly task: Task;
  readonly tableOids: readonly number[];
  readonly gate: Gate;
  readonly health: Health;
  /** The workers' server processes, as they are now. */
  readonly workers: () => readonly number[];
  readonly onProgress: OnProgress;
}

export class Monitor {
  /** How long a batch may take, as of the last look. */
  targetBatchMs = 1;
  private readonly pace = new Pace();
  private readonly closed = new Set<Sign>();
  private throttled: string | null = null;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: MonitorOptions) {}

  /** Looks once, so that nobody begins who should not, and from then on until `stop`. */
  async start(): Promise<void> {
    await this.look();
    this.running = this.watch().catch((error) => this.options.gate.fail(error));
  }

  /** Looks a last time, to tell how it ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.look();
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await pause(EVERY_MS, undefined, { signal }).catch(ignoreAbort);
      if (signal.aborted) return;
      await this.look();
    }
  }

  private async look(): Promise<void> {
    const { session, task, tableOids, health, gate, workers, onProgress } = this.options;
    const signs = await session.run(({ query }) =>
      readSigns(query, { conversion: task.conversion, tableOids, workers: workers() }),
    );
    if (signs) {
      const verdict = health.judge(signs, performance.now());
      this.targetBatchMs = verdict.targetBatchMs;
      for (const [sign, why] of verdict.against) gate.close(sign, why);
      for (const sign of this.closed) if (!verdict.against.has(sign)) gate.open(sign);
      this.closed.clear();
      for (const sign of verdict.against.keys()) this.closed.add(sign);
    }
    const [progress] = await session.run(async ({ query }) => {
      const why = gate.trouble;
      if (why !== this.throttled) await setThrottled(query, task.id, why);
      this.throttled = why;
      return readProgress(query, task.conversion, task.id);
    });
    if (progress) onProgress({ ...progress, ...this.pace.after(progress, performance.now()) });
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
