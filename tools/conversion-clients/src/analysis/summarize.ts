/** Pure: what clients experienced, in a few numbers. */
import { OK, type RequestLog } from '../load/request-log';
import type { Period } from './period';

export interface LatencySummary {
  readonly requests: number;
  /** Undefined without requests, as the others. */
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly longestMs?: number;
  readonly errors: number;
  /** How often, by SQLSTATE or by code of the network. */
  readonly errorsByCode: Readonly<Record<string, number>>;
}

/** Which requests count. */
export interface Selection {
  /** Those that should have begun in it; all when left out. */
  readonly period?: Period;
  /** Of one group of clients. */
  readonly group?: string;
}

export function summarize(log: RequestLog, { period, group }: Selection = {}): LatencySummary {
  const latencies: number[] = [];
  const errorsByCode: Record<string, number> = {};
  let errors = 0;
  for (const [index, dueAtMs] of log.dueAtMs.entries()) {
    if (period && (dueAtMs < period.fromMs || dueAtMs >= period.toMs)) continue;
    if (group !== undefined && log.groups[log.group[index]!] !== group) continue;
    latencies.push(log.latencyMs[index]!);
    const outcome = log.outcomes[log.outcome[index]!]!;
    if (outcome === OK) continue;
    errors++;
    errorsByCode[outcome] = (errorsByCode[outcome] ?? 0) + 1;
  }
  const sorted = Float64Array.from(latencies).sort();
  return {
    requests: sorted.length,
    p50Ms: quantileOf(sorted, 0.5),
    p99Ms: quantileOf(sorted, 0.99),
    longestMs: quantileOf(sorted, 1),
    errors,
    errorsByCode,
  };
}

/** The smallest value that at least this share of the sorted values does not exceed ("nearest rank"). Undefined of none. */
export function quantileOf(sorted: Float64Array, share: number): number | undefined {
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
}
