/** Pure: values over several powers of ten -> places on a picture. */
export interface LogarithmicScale {
  /** Powers of ten, and 2 and 5 times them, from the first at or below the least value to the first at or above the most. */
  readonly ticks: readonly number[];
  /** From 0 for the lowest tick to 1 for the highest; values outside are drawn on the edge. */
  position(value: number): number;
}

const STEPS = [1, 2, 5];

/** @param least and `most` are above 0 */
export function logarithmicScale(least: number, most: number): LogarithmicScale {
  const candidates = Array.from({ length: 20 }, (_, index) =>
    STEPS.map((step) => step * 10 ** (index - 4)),
  ).flat();
  const lowest = candidates.findLastIndex((tick) => tick <= least);
  const highest = candidates.findIndex((tick) => tick >= most && tick > least);
  const ticks = candidates.slice(Math.max(0, lowest), highest < 0 ? candidates.length : highest + 1);
  const [bottom, top] = [Math.log10(ticks[0]!), Math.log10(ticks.at(-1)!)];
  return {
    ticks,
    position: (value) => Math.min(1, Math.max(0, (Math.log10(value) - bottom) / (top - bottom))),
  };
}
