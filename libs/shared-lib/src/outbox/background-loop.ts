import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';

/** `more` when there may be more work right now. */
export type Round = 'more' | 'idle';

export interface BackgroundLoopSettings {
  /** What log lines call it. */
  readonly name: string;
  /** One round of work; its errors are logged and tried again, for as long as it takes. */
  readonly work: () => Promise<Round>;
  /** How long to rest when there is nothing to do and nobody wakes it. */
  readonly idleMs: number;
  /** How long to rest before a wake-up counts, so that one round does the work of many; 0 when left out. */
  readonly gatherMs?: number;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Work that goes on for as long as a service lives: round after round, resting when there is nothing to do, backing off
 * (with jitter) when a round fails. One round at a time.
 */
export class BackgroundLoop {
  private readonly logger: Logger;
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
  private isWoken = false;
  private wakeUp?: () => void;

  constructor(private readonly settings: BackgroundLoopSettings) {
    this.logger = new Logger(settings.name);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Ends the rest, or makes the round that runs be followed by another one at once. */
  wake(): void {
    this.isWoken = true;
    this.wakeUp?.();
  }

  /** Resolves when the round that runs is over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { work, idleMs } = this.settings;
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      this.isWoken = false;
      try {
        const round = await work();
        if (failures > 0) this.logger.log(`works again, after ${failures} failed attempt(s)`);
        failures = 0;
        if (round === 'idle') await this.rest(idleMs);
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        failures += 1;
        // The first one tells what happened; the rest would only repeat it.
        if (failures === 1) this.logger.warn('failed, and is tried again until it works', error);
        else this.logger.debug(`failed again (attempt ${failures})`, error);
        await this.pause(jittered(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)));
      }
    }
  }

  private async rest(milliseconds: number): Promise<void> {
    const { gatherMs = 0 } = this.settings;
    if (gatherMs > 0) await this.pause(gatherMs);
    if (this.isWoken) return;
    const rest = new AbortController();
    this.wakeUp = () => rest.abort();
    await pause(milliseconds, AbortSignal.any([rest.signal, this.stopping.signal]));
    this.wakeUp = undefined;
  }

  private pause(milliseconds: number): Promise<void> {
    return pause(milliseconds, this.stopping.signal);
  }
}

function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
