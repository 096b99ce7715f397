/**
 * Pauses between attempts. Half of each is chance: twenty migrators that failed together must not come back together.
 * https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */

/** Milliseconds to wait after attempt `attempt` (1, 2, ...): random, growing, at most `maximumMs`. */
export function backoffMs(attempt: number, maximumMs = 2_000): number {
  const ceiling = Math.min(maximumMs, 100 * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling / 2 + (Math.random() * ceiling) / 2);
}
