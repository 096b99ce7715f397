/**
 * `nx run bench:events`: an event from a row committed in one service to its effect committed in another, beside the floor.
 *
 * Owns the Postgres server, the rounds and the order. Does not own what is written (`plays/`), how fast (`load/`, `cases`),
 * by whom (`contenders/`), in which processes (`process/`) or how one run goes (`measure-run`).
 *
 *     process of the scorer                          process of the scoreboard
 *     begin ──> row (and event) committed ··· NATS ···> effect committed ──> its answer
 *       └────────────────────────── latency ─────────────────────────────────┘
 *
 * The latency of an event begins when its write begins (at a steady rate: should have begun) and ends when the scoreboard's
 * process has the answer to the COMMIT of the effect, both by the machine's monotonic clock. So the writer's own transaction is
 * in it. The rate is all events of a run, divided by the time from the beginning of the first write to the last effect.
 */
import { PRODUCTION_SETTINGS, startTemporaryPostgres } from '@hockey-hub/dev-services';
import { describeMachine } from '@hockey-hub/recorded-runs';
import { withClient } from '../databases';
import type { MeasureOptions } from '../measure-contenders';
import { rotated } from '../statistics';
import { EVENTS_CASES, type EventsCase, type EventsCaseName } from './cases';
import type { ContenderName } from './contenders/contender';
import { measureRun, type RunContext } from './measure-run';
import type { EventsCaseResult, EventsResults } from './results';
import type { EventsSample } from './sample';

export interface EventsBenchOptions extends MeasureOptions {
  readonly workspaceRoot: string;
  readonly cases: readonly EventsCaseName[];
  /** How long each load lasts, instead of what the case says. */
  readonly seconds?: number;
}

const CONTENDERS: readonly ContenderName[] = ['ours', 'floor'];

/** @throws BenchError when a measurement could not be made; DevServicesError when a server does not start. */
export async function benchEvents(options: EventsBenchOptions): Promise<EventsResults> {
  const { workspaceRoot, rounds } = options;
  const measuredAt = new Date().toISOString();
  const server = await startTemporaryPostgres({ settings: PRODUCTION_SETTINGS });
  try {
    return await withClient(server.url, async (admin) => {
      const context: RunContext = { workspaceRoot, admin, serverUrl: server.url };
      const cases: EventsCaseResult[] = [];
      for (const name of options.cases) cases.push(await measureCase(name, context, options));
      return { measuredAt, rounds, machine: await describeMachine(workspaceRoot, admin), cases };
    });
  } finally {
    await server.stop();
  }
}

/** Every run has processes, databases and a NATS server of its own and warms them up, so no round is for warming up. */
async function measureCase(
  name: EventsCaseName,
  context: RunContext,
  { rounds, seconds, onProgress }: EventsBenchOptions,
): Promise<EventsCaseResult> {
  const benchCase: EventsCase = { ...EVENTS_CASES[name], ...(seconds !== undefined && { seconds }) };
  const samples = new Map(CONTENDERS.map((contender) => [contender, [] as EventsSample[]]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of rotated(CONTENDERS, round)) {
      const sample = await measureRun(contender, benchCase, context);
      samples.get(contender)!.push(sample);
      const { eventsPerSecond, p50Ms, p99Ms } = sample;
      onProgress(
        `${benchCase.title}, round ${round + 1} of ${rounds}: ${contender} ${Math.round(eventsPerSecond)} events/s, ` +
          `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`,
      );
    }
  }
  return {
    name,
    contenders: [...samples].map(([contender, taken]) => ({ name: contender, samples: taken })),
  };
}
