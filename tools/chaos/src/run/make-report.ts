/** Pure: what a run comes to, from what was done to the platform and what was found. */
import type { UnaskedEnd } from '@hockey-hub/child-processes';
import { machineText } from '@hockey-hub/recorded-runs';
import type { Finding } from '../checks/finding';
import type { ChaosOptions } from '../options';
import type { ChaosReport } from '../report/report';
import type { Sample } from '../watch/backlog';
import type { OutcomeCounts } from '../writers/requests';
import { QUIET_TIMEOUT_MS } from './await-quiet';
import type { Broken } from './break-things';
import type { Collected } from './collect-findings';
import { countFaults } from './count-faults';

export interface RunResult {
  readonly options: ChaosOptions;
  readonly startedAt: Date;
  readonly broken: Broken;
  readonly samples: readonly Sample[];
  readonly writes: OutcomeCounts;
  readonly unaskedEnds: readonly UnaskedEnd[];
  /** What still went on when the waiting was over. */
  readonly unrest: readonly string[];
  /** When the waiting was over, in milliseconds since 1970. */
  readonly quietAt: number;
  readonly collected: Collected;
}

export function makeReport(result: RunResult): ChaosReport {
  const { options, startedAt, broken, samples, writes, unaskedEnds, unrest, quietAt, collected } = result;
  const { seed, durationMs, postgresMajor } = options;
  return {
    ...{ seed, minutes: durationMs / 60_000, startedAt: startedAt.toISOString() },
    machine: machineText(postgresMajor),
    faults: countFaults(broken.injected, samples),
    writes: { ...writes, ...collected.settled },
    events: countEvents(collected, broken),
    sagas: countSagas(collected),
    failedStarts: unaskedEnds.filter(({ wasReady }) => !wasReady).length,
    quietAfterMs: unrest.length === 0 ? quietAt - broken.endedAt : undefined,
    findings: [...stayedUp(unaskedEnds, unrest), ...collected.findings],
  };
}

function stayedUp(unaskedEnds: readonly UnaskedEnd[], unrest: readonly string[]): Finding[] {
  return [
    ...unaskedEnds
      .filter(({ wasReady }) => wasReady)
      .map(({ process, at, status, lastLines }) => ({
        promise: 'stayed-up' as const,
        about: process,
        detail: `it ended by itself at ${at.toISOString()} with ${status}: ${lastLines.join(' / ')}`,
      })),
    ...unrest.map((detail) => ({
      promise: 'stayed-up' as const,
      about: 'the platform',
      detail: `not quiet ${QUIET_TIMEOUT_MS / 1_000} s after the last fault: ${detail}`,
    })),
  ];
}

function countEvents({ services }: Collected, { provoked }: Broken): ChaosReport['events'] {
  const sum = (count: (service: Collected['services'][number]) => number) =>
    services.reduce((total, service) => total + count(service), 0);
  return {
    written: sum(({ written }) => written.length),
    processed: sum(({ processed }) =>
      processed.reduce((total, { before, after }) => total + after - before, 0),
    ),
    redelivered: provoked.redeliveries,
    reordered: provoked.reordered,
    lostWithStore: provoked.eventsLostWithStore,
    deadLettersProvoked: provoked.messages.size,
    deadLetters: sum(({ deadLetters }) => deadLetters.length),
  };
}

/** By name and state. */
function countSagas({ sagas }: Collected): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { saga, state } of sagas) counts[`${saga}: ${state}`] = (counts[`${saga}: ${state}`] ?? 0) + 1;
  return counts;
}
