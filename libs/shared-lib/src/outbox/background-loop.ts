import { Logger } from '@nestjs/common';

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
  private isStopping = false;
  private endPause?: () => void;
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
    this.isStopping = true;
    this.endPause?.();
    await this.running;
  }

  private async run(): Promise<void> {
    const { work, idleMs } = this.settings;
    let failures = 0;
    while (!this.isStopping) {
      this.isWoken = false;
      try {
        const round = await work();
        if (failures > 0) this.logger.log(`works again, after ${failures} failed attempt(s)`);
        failures = 0;
        if (round === 'idle') await this.rest(idleMs);
      } catch (error) {
        if (this.isStopping) return;
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
    if (!this.isWoken) await this.pause(milliseconds, true);
  }

  /** Ends when the loop is stopped, too; when it is woken, only if it may. */
  private async pause(milliseconds: number, mayBeWoken = false): Promise<void> {
    if (this.isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
      if (mayBeWoken) this.wakeUp = this.endPause;
    });
    this.endPause = undefined;
    this.wakeUp = undefined;
  }
}

function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}
