/** Pure: how far behind the platform was, and how soon it had caught up after each fault. */
import type { ServiceName } from '../world/topology';

/** What a look at one service's outbox saw. */
export interface Sample {
  readonly service: ServiceName;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The highest position that was committed. */
  readonly newest: number;
  /** The lowest that some subscriber has not confirmed; undefined when all are. */
  readonly oldestUnconfirmed?: number;
  readonly unconfirmed: number;
}

/**
 * Milliseconds from `liftedAt` until all that had been committed by then was confirmed by every subscriber, in every
 * service; undefined when no look saw that. As exact as the looks are frequent.
 */
export function recoveryMs(liftedAt: number, samples: readonly Sample[]): number | undefined {
  const services = new Set(samples.map(({ service }) => service));
  const moments = [...services].map((service) => {
    const later = samples.filter((sample) => sample.service === service && sample.at >= liftedAt);
    const [first] = later;
    if (!first) return undefined;
    return later.find(({ oldestUnconfirmed = Infinity }) => oldestUnconfirmed > first.newest)?.at;
  });
  if (moments.length === 0 || moments.includes(undefined)) return undefined;
  return Math.max(...(moments as number[])) - liftedAt;
}
