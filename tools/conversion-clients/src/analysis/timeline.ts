/** Pure: latency over time, as a picture shows it. */
import { OK, type RequestLog } from '../load/request-log';
import { quantileOf } from './summarize';

/** The requests that should have begun within one stretch of time. */
export interface TimelineBucket {
  /** Milliseconds since 1970. */
  readonly fromMs: number;
  readonly requests: number;
  readonly errors: number;
  /** Undefined without requests, as the others. */
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly longestMs?: number;
}

/**
 * From the first request to the last, without gaps.
 * @param bucketMs how much time one bucket has
 */
export function timelineOf(log: RequestLog, bucketMs = 100): TimelineBucket[] {
  const [firstMs, lastMs] = extremesOf(log.dueAtMs);
  if (firstMs === undefined || lastMs === undefined) return [];
  const count = Math.floor((lastMs - firstMs) / bucketMs) + 1;
  const buckets = Array.from({ length: count }, () => ({ latencies: [] as number[], errors: 0 }));
  for (const [index, dueAtMs] of log.dueAtMs.entries()) {
    const bucket = buckets[Math.floor((dueAtMs - firstMs) / bucketMs)]!;
    bucket.latencies.push(log.latencyMs[index]!);
    if (log.outcomes[log.outcome[index]!] !== OK) bucket.errors++;
  }
  return buckets.map(({ latencies, errors }, index) => {
    const sorted = Float64Array.from(latencies).sort();
    return {
      fromMs: firstMs + index * bucketMs,
      requests: sorted.length,
      errors,
      p50Ms: quantileOf(sorted, 0.5),
      p99Ms: quantileOf(sorted, 0.99),
      longestMs: quantileOf(sorted, 1),
    };
  });
}

/** They stand in the order in which they ended, not in that in which they began. */
function extremesOf(values: Float64Array): readonly [least?: number, most?: number] {
  if (values.length === 0) return [];
  let [least, most] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
