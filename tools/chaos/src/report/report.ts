/** What a run comes to: plain data, for a terminal, for a file and for programs. */
import type { Finding } from '../checks/finding';
import type { OutcomeCounts } from '../writers/requests';
import type { FaultName } from '../schedule/fault-kinds';

export interface FaultCount {
  readonly name: FaultName;
  readonly title: string;
  readonly count: number;
  /** Milliseconds until all that had been committed when it was lifted was confirmed by every subscriber. */
  readonly medianRecoveryMs?: number;
  readonly longestRecoveryMs?: number;
}

export interface ChaosReport {
  readonly seed: number;
  readonly minutes: number;
  readonly startedAt: string;
  readonly machine: string;
  readonly faults: readonly FaultCount[];
  readonly writes: OutcomeCounts & {
    /** Of the unknown ones, settled by what is there. */
    readonly carriedOut: number;
    readonly notCarriedOut: number;
  };
  readonly events: {
    readonly written: number;
    /** Events times subscribers. */
    readonly processed: number;
    /** Published once more by the test. */
    readonly redelivered: number;
    /** Delivered in shuffled order. */
    readonly reordered: number;
    /** In the stream alone when its store was lost. */
    readonly lostWithStore: number;
    readonly deadLettersProvoked: number;
    readonly deadLetters: number;
  };
  readonly sagas: Readonly<Record<string, number>>;
  /** Times that a process gave up while it started, because a server was away, and was started again. */
  readonly failedStarts: number;
  /** From the last fault until nothing was on its way any more; undefined when that did not happen in time. */
  readonly quietAfterMs?: number;
  readonly findings: readonly Finding[];
}

export function faultTotal({ faults }: ChaosReport): number {
  return faults.reduce((sum, { count }) => sum + count, 0);
}

export function longestRecoveryMs({ faults }: ChaosReport): number | undefined {
  const known = faults.flatMap((fault) => fault.longestRecoveryMs ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}
