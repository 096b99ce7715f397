/** Pure: what was written and what came of it -> the numbers of a run. */
import { quantile } from '../statistics';
import { US_PER_MS, US_PER_SECOND } from './load/clock';
import type { Effects } from './load/effect-log';
import type { Written } from './load/load';

/** One run of one contender, as it stands in events.json. */
export interface EventsSample {
  readonly events: number;
  /** From the beginning of the first write to the commit of the last effect. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function sampleOf({ events, startedAtUs }: Written, { latenciesUs, lastAtUs }: Effects): EventsSample {
  const seconds = (lastAtUs - startedAtUs) / US_PER_SECOND;
  const latency = (share: number): number => quantile(latenciesUs, share) / US_PER_MS;
  return {
    events,
    seconds,
    eventsPerSecond: events / seconds,
    p50Ms: latency(0.5),
    p99Ms: latency(0.99),
    maxMs: latency(1),
  };
}
