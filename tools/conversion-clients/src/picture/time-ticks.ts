/** Pure: round moments of a stretch of time, for its axis. */
const STEPS_S = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600];
const MOST_TICKS = 12;
const MS_PER_SECOND = 1_000;

/** Milliseconds from the beginning: 0, and then in equal steps of whole seconds. */
export function timeTicks(durationMs: number): number[] {
  const seconds = durationMs / MS_PER_SECOND;
  const step =
    STEPS_S.find((candidate) => seconds / candidate <= MOST_TICKS) ?? Math.ceil(seconds / MOST_TICKS);
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step * MS_PER_SECOND);
}
