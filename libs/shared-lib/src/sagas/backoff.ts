import type { RetryPolicy } from './saga-definition';

/** How long to wait after so many failures in a row: twice as long each time, and no two sagas at the same moment. */
export function backoffMs(failures: number, { firstPauseMs, longestPauseMs }: RetryPolicy): number {
  const pause = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
  return Math.round(pause * (0.75 + Math.random() / 2));
}
