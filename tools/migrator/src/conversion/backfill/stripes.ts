/**
 * Pure: in which order the rows of a table are filled, so that their new versions find room on their own page.
 *
 * A new version that fits on the page of the old one, with no index on what changed, needs no new index entries (HOT). Pages
 * are full, so a walk row by row finds no room and writes every index of the row again. Instead each page is visited several
 * times, and each time every n-th of its rows is filled: what the visit before left dead is room for this one.
 * https://www.postgresql.org/docs/current/storage-hot.html
 *
 * All passes over a range of blocks are done before the next range: the pages are still in memory, and since the last
 * checkpoint they were written to the WAL as a whole only once.
 */

/** 16 MB: a pass takes long enough for the transactions of the pass before to be over everywhere. */
const BLOCKS_PER_RANGE = 2_048;
/** Half of that, when there would be less than this many ranges for the workers to share. */
const LEAST_RANGES = 8;
const SMALLEST_RANGE_BLOCKS = 128;
/** More visits read every page more often than what they save. */
const MOST_PASSES = 16;
/** Fewer rows at once would hardly be a stripe. */
const LEAST_ROWS_PER_VISIT = 3;
/** A table that is so small is filled before anybody notices. */
const SMALL_TABLE_BLOCKS = 32;

/** How often each page is visited: a power of two. */
export function passesFor({ blocks, rows }: { readonly blocks: number; readonly rows: number }): number {
  if (blocks < SMALL_TABLE_BLOCKS) return 1;
  const mostForRows = rows / blocks / LEAST_ROWS_PER_VISIT;
  let passes = 1;
  while (passes * 2 <= Math.min(mostForRows, MOST_PASSES)) passes *= 2;
  return passes;
}

export interface BlockRange {
  readonly fromBlock: number;
  /** Not included. */
  readonly toBlock: number;
}

/** All blocks of a table, in ranges that one worker at a time takes; one of none for an empty table. */
export function blockRanges(blocks: number): BlockRange[] {
  let size = BLOCKS_PER_RANGE;
  while (size > SMALLEST_RANGE_BLOCKS && blocks / size < LEAST_RANGES) size /= 2;
  const ranges: BlockRange[] = [];
  let fromBlock = 0;
  do {
    ranges.push({ fromBlock, toBlock: Math.min(fromBlock + size, blocks) });
    fromBlock += size;
  } while (fromBlock < blocks);
  return ranges;
}

/**
 * That the row `row` is one of pass `pass` of `passes`, in SQL. By its place on the page (the last byte of a tid is the low
 * one of the line pointer's number), so that it works with whatever key the table has. The last pass takes what is left.
 * @param pass, lastPass SQL: numbers, or parameters
 */
export function stripeCondition(row: string, pass: string, lastPass: string): string {
  return `(get_byte(tidsend(${row}.ctid), 5) & ${lastPass} = ${pass} OR ${pass} = ${lastPass})`;
}
