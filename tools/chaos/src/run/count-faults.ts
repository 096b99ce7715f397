/** Pure: how often each fault came, and how soon the platform had caught up after it. */
import type { InjectedFault } from '../faults/inject-faults';
import type { FaultCount } from '../report/report';
import { FAULT_KINDS, FAULT_NAMES } from '../schedule/fault-kinds';
import { recoveryMs, type Sample } from '../watch/backlog';

export function countFaults(injected: readonly InjectedFault[], samples: readonly Sample[]): FaultCount[] {
  return FAULT_NAMES.map((name) => {
    const ofKind = injected.filter(({ planned }) => planned.name === name);
    const recoveries = ofKind
      .flatMap(({ liftedAt }) => (liftedAt && recoveryMs(liftedAt.getTime(), samples)) ?? [])
      .sort((a, b) => a - b);
    const { title } = FAULT_KINDS[name];
    if (recoveries.length === 0) return { name, title, count: ofKind.length };
    return {
      ...{ name, title, count: ofKind.length },
      medianRecoveryMs: recoveries[Math.floor(recoveries.length / 2)],
      longestRecoveryMs: recoveries.at(-1),
    };
  });
}
