import type { RequestLog } from '../load/request-log';
import type { Period } from './period';

/** Pure: the requests that should have begun in one of the periods. */
export function requestsWithin(log: RequestLog, periods: readonly Period[]): RequestLog {
  const isWithin = (_: number, index: number): boolean => {
    const dueAtMs = log.dueAtMs[index]!;
    return periods.some(({ fromMs, toMs }) => dueAtMs >= fromMs && dueAtMs < toMs);
  };
  return {
    ...log,
    dueAtMs: log.dueAtMs.filter(isWithin),
    latencyMs: log.latencyMs.filter(isWithin),
    group: log.group.filter(isWithin),
    request: log.request.filter(isWithin),
    outcome: log.outcome.filter(isWithin),
  };
}
