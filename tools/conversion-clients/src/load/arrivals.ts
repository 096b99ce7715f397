import { setTimeout as pause } from 'node:timers/promises';
import { nowMs } from './clock';

const TICK_MS = 1;
const MS_PER_SECOND = 1_000;

/**
 * Begins requests at their moments, at a steady rate, whatever became of those before. One that begins late, because the process
 * was busy, is told the moment at which it should have begun: what clients had to wait for is part of their latency, and not
 * left out ("coordinated omission").
 */
export class Arrivals {
  private isStopped = false;
  private readonly loop: Promise<void>;

  /** @param begin must not throw and must not wait */
  constructor(
    private readonly perSecond: number,
    private readonly begin: (dueAtMs: number) => void,
  ) {
    this.loop = this.run();
  }

  /** Resolves when nothing more will begin. What has begun may still be on its way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.loop;
  }

  private async run(): Promise<void> {
    const startedAtMs = nowMs();
    let begun = 0;
    const nextDueAtMs = (): number => startedAtMs + (begun * MS_PER_SECOND) / this.perSecond;
    while (!this.isStopped) {
      const now = nowMs();
      for (let due = nextDueAtMs(); due <= now; due = nextDueAtMs()) {
        begun++;
        this.begin(due);
      }
      await pause(TICK_MS);
    }
  }
}
