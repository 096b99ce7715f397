/**
 * Milliseconds since 1970, with fractions; never set back within a process. Postgres' `clock_timestamp()` on the same machine
 * is the same clock, so what clients saw can be laid beside what the server recorded.
 */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
