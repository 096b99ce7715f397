/**
 * Microseconds of the machine's monotonic clock: nobody sets it, and all processes of a machine read the same one, so that
 * a moment in one process can be taken from a moment in another.
 * https://nodejs.org/api/process.html#processhrtimebigint
 */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

export const US_PER_MS = 1_000;
export const US_PER_SECOND = 1_000_000;
