/** Pure: on which row each of several labels stands, so that they don't run into each other. */
export interface Label {
  readonly x: number;
  readonly width: number;
}

const GAP = 6;

/**
 * @param labels from left to right
 * @returns the row of each, from 0: the first that has room, or else the one that is free soonest
 */
export function labelRows(labels: readonly Label[], rows: number): number[] {
  const freeFrom = Array.from({ length: rows }, () => -Infinity);
  return labels.map(({ x, width }) => {
    const free = freeFrom.findIndex((from) => from <= x);
    const row = free >= 0 ? free : freeFrom.indexOf(Math.min(...freeFrom));
    freeFrom[row] = x + width + GAP;
    return row;
  });
}
