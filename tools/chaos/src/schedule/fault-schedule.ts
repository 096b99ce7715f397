/**
 * Pure: which faults come when, all of it from the seed. Storms, in which faults overlap, and calm in between, in which
 * the platform gets to recover.
 *
 * Owns the plan alone. What the platform makes of a fault is not random and not planned, so two runs of a seed have the
 * same faults at the same times, and not the same requests in flight.
 */
import { RandomSource } from '@hockey-hub/seeded-random';
import { FAULT_KINDS, FAULT_NAMES, type Aim, type FaultName } from './fault-kinds';

export interface PlannedFault {
  /** From 1. */
  readonly number: number;
  /** Milliseconds from the start of the run. */
  readonly atMs: number;
  readonly name: FaultName;
  /** A process, a link (`user-service-1>nats`, `*>nats` for all of them) or a service's database; undefined for the rest. */
  readonly target?: string;
  /** Milliseconds until it is lifted. */
  readonly lastsMs: number;
  /** What it draws from when it has to choose. */
  readonly seed: number;
}

export interface ScheduleInput {
  readonly seed: number;
  readonly durationMs: number;
  /** Undefined where nothing can be aimed at: then no such fault comes. */
  readonly targets: Readonly<Record<Exclude<Aim, 'none'>, readonly string[]>>;
  /** Between two faults of a storm, on average. Default 1600. */
  readonly pauseMs?: number;
}

const STORM_MS = [20_000, 40_000] as const;
const CALM_MS = [6_000, 12_000] as const;
const PAUSE_MS = 1_600;
/** So that the last fault, too, meets writers at work. */
const LAST_FAULT_BEFORE_END_MS = 1_000;

export function planFaults({ seed, durationMs, targets, pauseMs = PAUSE_MS }: ScheduleInput): PlannedFault[] {
  const random = new RandomSource(seed);
  const possible = FAULT_NAMES.filter((name) => {
    const { aim } = FAULT_KINDS[name];
    return aim === 'none' || targets[aim].length > 0;
  });
  const weights = Object.fromEntries(possible.map((name) => [name, FAULT_KINDS[name].weight])) as Record<
    FaultName,
    number
  >;
  // Each once before any comes twice, so that a short run has them all.
  const first = random.shuffled(possible);
  const planned: PlannedFault[] = [];
  for (const atMs of momentsOf(random, pauseMs, durationMs - LAST_FAULT_BEFORE_END_MS)) {
    const name = first.shift() ?? random.pickWeighted(weights);
    const { aim, lastsMs } = FAULT_KINDS[name];
    const [shortestMs, longestMs] = lastsMs;
    planned.push({
      ...{ number: planned.length + 1, atMs, name },
      ...(aim !== 'none' && { target: random.pick(targets[aim]) }),
      lastsMs: random.integer(shortestMs, longestMs),
      seed: random.integer(0, 2 ** 31 - 1),
    });
  }
  return planned;
}

function momentsOf(random: RandomSource, pauseMs: number, endMs: number): number[] {
  const moments: number[] = [];
  let stormStartsMs = 0;
  while (stormStartsMs < endMs) {
    const stormEndsMs = Math.min(stormStartsMs + random.integer(...STORM_MS), endMs);
    let atMs = stormStartsMs + random.waitingMs(pauseMs);
    for (; atMs < stormEndsMs; atMs += random.waitingMs(pauseMs)) moments.push(atMs);
    stormStartsMs = stormEndsMs + random.integer(...CALM_MS);
  }
  return moments;
}
