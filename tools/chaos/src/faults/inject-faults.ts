/**
 * Carries out the schedule: every fault at its time, whatever the ones before it are at. Owns when and beside what; what a
 * fault does is in the other files.
 */
import pLimit from 'p-limit';
import { wordsOf } from '../errors';
import { RandomSource } from '../random/random-source';
import type { PlannedFault } from '../schedule/fault-schedule';
import { withDatabase } from '../watch/with-database';
import type { World } from '../world/world';
import { pause } from '../writers/writer';
import type { EventTap } from './event-tap';
import type { FaultTools } from './fault';
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
}

/** Resolves when the last fault is lifted. @throws what a fault failed with that no other fault explains */
export async function injectFaults(injection: Injection): Promise<InjectedFault[]> {
  const { schedule, signal, onFault } = injection;
  const startedAt = Date.now();
  const alone = queues();
  const injected: InjectedFault[] = [];
  const running: Promise<void>[] = [];
  for (const planned of schedule) {
    await pause(Math.max(startedAt + planned.atMs - Date.now(), 0), signal);
    if (signal.aborted) break;
    const fault: InjectedFault = { planned, beganAt: new Date() };
    injected.push(fault);
    onFault(fault);
    running.push(carryOut(injection, fault, alone));
  }
  await Promise.all(running);
  return injected;
}

async function carryOut(
  { world, tap, provoked, signal }: Injection,
  fault: InjectedFault,
  alone: FaultTools['alone'],
): Promise<void> {
  const { name, target = '', lastsMs, seed } = fault.planned;
  try {
    await FAULTS[name]({
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
