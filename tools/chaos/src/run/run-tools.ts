/** What a run gets from whoever starts it. */
import { ChaosError } from '../errors';
import type { InjectedFault } from '../faults/inject-faults';
import type { OutcomeCounts } from '../writers/requests';

/** What goes on at the moment. */
export interface Progress {
  readonly elapsedMs: number;
  readonly durationMs: number;
  readonly faults: number;
  readonly plannedFaults: number;
  readonly lastFault?: InjectedFault;
  readonly writes: Readonly<OutcomeCounts>;
  /** Events that some subscriber has not confirmed yet. */
  readonly unconfirmed: number;
}

export interface RunTools {
  /** Told at every step. */
  readonly onStep: (message: string) => void;
  /** Told every second while things are broken. */
  readonly onProgress: (progress: Progress) => void;
  /** Breaks the run off; what was started is ended. */
  readonly signal: AbortSignal;
}

/** @throws ChaosError INTERRUPTED */
export function throwIfInterrupted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new ChaosError('INTERRUPTED', 'the run was broken off, and all that it had started was ended');
}
