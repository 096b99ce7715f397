import { createHash } from 'node:crypto';

/**
 * How many lanes an id map's messages have. Enough that two workers seldom write to one at the same time, where the second
 * waits for the first one's commit, and few enough that their counters are nothing to keep.
 */
const LANES = 64;

/** The aggregate id of a message: any lane will do, so those of different pairs are spread by their first number. */
export function laneOf(map: string, firstNumber: string): string {
  return `${map}/${createHash('sha256').update(firstNumber).digest()[0]! % LANES}`;
}

/** The id map that a lane is of. */
export function mapOfLane(lane: string): string {
  return lane.slice(0, lane.lastIndexOf('/'));
}
