/** Pure: what clients waited for besides the locks that somebody has owned up to. */
import type { RequestLog } from '../load/request-log';
import type { Period } from './period';

/**
 * The longest time that one request took outside of all the periods, in milliseconds; 0 without requests.
 * @param lockAttempts when somebody held, or queued for, a lock that clients wait behind; they may overlap
 */
export function longestStallBeyond(log: RequestLog, lockAttempts: readonly Period[]): number {
  const apart = withoutOverlaps(lockAttempts);
  let longestMs = 0;
  for (const [index, fromMs] of log.dueAtMs.entries()) {
    const latencyMs = log.latencyMs[index]!;
    if (latencyMs <= longestMs) continue;
    longestMs = Math.max(longestMs, latencyMs - sharedMs({ fromMs, toMs: fromMs + latencyMs }, apart));
  }
  return longestMs;
}

function withoutOverlaps(periods: readonly Period[]): Period[] {
  const apart: Period[] = [];
  for (const period of [...periods].sort((a, b) => a.fromMs - b.fromMs)) {
    const before = apart.at(-1);
    if (!before || period.fromMs > before.toMs) apart.push(period);
    else apart[apart.length - 1] = { fromMs: before.fromMs, toMs: Math.max(before.toMs, period.toMs) };
  }
  return apart;
}

function sharedMs(one: Period, others: readonly Period[]): number {
  return others.reduce(
    (sum, other) => sum + Math.max(0, Math.min(one.toMs, other.toMs) - Math.max(one.fromMs, other.fromMs)),
    0,
  );
}
