/**
 * Pauses between attempts. Full jitter: twenty migrators that failed together must not come back together.
 * https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */

/** Milliseconds to wait before attempt `attempt` (2, 3, ...): random, growing, at most `maximumMs`. */
export function backoffMs(attempt: number, maximumMs = 2_000): number {
  const ceiling = Math.min(maximumMs, 100 * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling / 2 + (Math.random() * ceiling) / 2);
}
