/**
 * Carries out the schedule: every fault at its time, whatever the ones before it are at. Owns when and beside what; what a
 * fault does is in the other files.
 */
import { setMaxListeners } from 'node:events';
import { RandomSource } from '@hockey-hub/seeded-random';
import pLimit from 'p-limit';
import { wordsOf } from '../errors';
import type { FaultName } from '../schedule/fault-kinds';
import type { PlannedFault } from '../schedule/fault-schedule';
import { withDatabase } from '../watch/with-database';
import type { World } from '../world/world';
import { pause } from '../writers/writer';
import type { EventTap } from './event-tap';
import type { Fault, FaultTools } from './fault';
import { FAULTS } from './faults';
import type { Provoked } from './provoked';
import { isServerGone } from './transactions';

export interface InjectedFault {
  readonly planned: PlannedFault;
  readonly beganAt: Date;
  /** When it was lifted; undefined while it lasts. */
  liftedAt?: Date;
  /** Why it was not carried out to its end: another fault came in between. */
  brokenOff?: string;
}

export interface Injection {
  readonly world: World;
  readonly tap: EventTap;
  readonly provoked: Provoked;
  readonly schedule: readonly PlannedFault[];
  /** Lifts what lasts, and lets nothing new begin. */
  readonly signal: AbortSignal;
  readonly onFault: (fault: InjectedFault) => void;
  /** What each fault does. */
  readonly faults?: Readonly<Record<FaultName, Fault>>;
}

/**
 * Resolves when the last fault is lifted.
 * @throws what a fault failed with that no other fault explains, when those that last are lifted; nothing new begins
 */
export async function injectFaults(injection: Injection): Promise<void> {
  const { schedule, onFault } = injection;
  const failed = new AbortController();
  const signal = AbortSignal.any([injection.signal, failed.signal]);
  setMaxListeners(0, signal);
  const startedAt = Date.now();
  const alone = queues();
  const running: Promise<void>[] = [];
  for (const planned of schedule) {
    await pause(Math.max(startedAt + planned.atMs - Date.now(), 0), signal);
    if (signal.aborted) break;
    const fault: InjectedFault = { planned, beganAt: new Date() };
    onFault(fault);
    const carriedOut = carryOut({ ...injection, signal }, fault, alone);
    carriedOut.catch(() => failed.abort());
    running.push(carriedOut);
  }
  const failure = (await Promise.allSettled(running)).find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
}

async function carryOut(
  { world, tap, provoked, signal, faults = FAULTS }: Injection,
  fault: InjectedFault,
  alone: FaultTools['alone'],
): Promise<void> {
  const { name, target = '', lastsMs, seed } = fault.planned;
  try {
    await faults[name]({
      ...{ world, tap, provoked, target, alone },
      random: new RandomSource(seed),
      last: () => pause(lastsMs, signal),
      withDatabase: (service, work) => withDatabase(world.databaseUrl(service), work),
    });
  } catch (error) {
    if (!name.startsWith('hold-') || !isServerGone(error)) throw error;
    fault.brokenOff = wordsOf(error);
  } finally {
    fault.liftedAt = new Date();
  }
}

/** One queue for each resource. */
function queues(): FaultTools['alone'] {
  const limits = new Map<string, ReturnType<typeof pLimit>>();
  return (resource, work) => {
    const limit = limits.get(resource) ?? pLimit(1);
    limits.set(resource, limit);
    return limit(work);
  };
}
