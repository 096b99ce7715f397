/** The middle of a run: requests and faults, side by side, for as long as asked; then no more of either. */
import { setMaxListeners } from 'node:events';
import { RandomSource } from '@hockey-hub/seeded-random';
import { EventTap } from '../faults/event-tap';
import { injectFaults, type InjectedFault } from '../faults/inject-faults';
import { nothingProvoked, type Provoked } from '../faults/provoked';
import type { ChaosOptions } from '../options';
import { planFaults } from '../schedule/fault-schedule';
import type { Watcher } from '../watch/watcher';
import { LINKS, PROCESSES, SERVICES } from '../world/topology';
import type { World } from '../world/world';
import { SagaWriter } from '../writers/saga-writer';
import { ClubWriter } from '../writers/club-writer';
import type { Requests } from '../writers/requests';
import type { Town } from '../writers/town';
import { TrainingWriter } from '../writers/training-writer';
import { pause, type Writer } from '../writers/writer';
import type { RunTools } from './run-tools';

/** Of each kind: enough to keep two cores busy beside the platform itself. */
const WRITERS = 3;
const TELL_EVERY_MS = 1_000;

export interface BrokenThings {
  readonly world: World;
  readonly town: Town;
  readonly requests: Requests;
  readonly watcher: Watcher;
}

export interface Broken {
  readonly injected: readonly InjectedFault[];
  readonly provoked: Provoked;
  /** When the last fault was lifted, in milliseconds since 1970. */
  readonly endedAt: number;
}

/** Resolves when every fault is lifted and every request has its answer or was given up. */
export async function breakThings(
  things: BrokenThings,
  options: ChaosOptions,
  tools: RunTools,
): Promise<Broken> {
  const { world } = things;
  const { seed, durationMs, pauseMs } = options;
  const namesOf = (role: string) => PROCESSES.filter((plan) => plan.role === role).map(({ name }) => name);
  const targets = { service: namesOf('service'), relay: namesOf('relay'), link: LINKS, database: SERVICES };
  const schedule = planFaults({ seed, durationMs, pauseMs, targets });
  const provoked = nothingProvoked();
  const injected: InjectedFault[] = [];
  const tap = await EventTap.open(world.nats.url);
  const over = new AbortController();
  const signal = AbortSignal.any([tools.signal, over.signal]);
  // One pause of each writer, and its request.
  for (const listened of [signal, tools.signal]) setMaxListeners(0, listened);
  const startedAt = Date.now();
  const faults = injectFaults({
    ...{ world, tap, provoked, schedule },
    signal: tools.signal,
    onFault: (fault) => injected.push(fault),
  });
  const working = [
    ...writersOf(things, seed, signal).map((writer) => writer.run(signal)),
    things.watcher.run(signal),
    tell(signal, () => {
      tools.onProgress({
        ...{ elapsedMs: Date.now() - startedAt, durationMs },
        ...{ faults: injected.length, plannedFaults: schedule.length, lastFault: injected.at(-1) },
        ...{ writes: things.requests.counts, unconfirmed: things.watcher.unconfirmed },
      });
    }),
  ];
  try {
    await faults;
    await pause(Math.max(startedAt + durationMs - Date.now(), 0), tools.signal);
  } finally {
    over.abort();
    await Promise.all(working);
    await tap.close();
  }
  return { injected, provoked, endedAt: Date.now() };
}

function writersOf({ world, town, requests }: BrokenThings, seed: number, signal: AbortSignal): Writer[] {
  const random = new RandomSource(seed).fork();
  const tools = (name: string) => ({ name, requests, town, random: random.fork() });
  return Array.from({ length: WRITERS }, (_, index) => [
    new ClubWriter(tools(`club-${index + 1}`)),
    new TrainingWriter(tools(`training-${index + 1}`)),
    new SagaWriter(tools(`saga-${index + 1}`), world, signal),
  ]).flat();
}

async function tell(signal: AbortSignal, work: () => void): Promise<void> {
  while (!signal.aborted) {
    work();
    await pause(TELL_EVERY_MS, signal);
  }
}
