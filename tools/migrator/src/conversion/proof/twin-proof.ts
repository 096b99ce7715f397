import type { Shape } from '../twins';

/** Of one column and its twin. Counts and checksums are text: they may be larger than JavaScript's numbers. */
export interface TwinProof {
  readonly table: string;
  /** The plain name. */
  readonly column: string;
  readonly rows: string;
  readonly numbers: string;
  readonly uuids: string;
  /** Rows with one half only: a pair is missing, or on its way. */
  readonly incomplete: string;
  /** Rows that have waited for a pair for a moment only, see pairing/waiting.ts: as long as clients write there are always some. */
  readonly underWay: string;
  /** Rows whose halves lead to different rows. */
  readonly wrong: string;
  /** Of (row, number) of the rows with both halves, in whatever order the rows are. */
  readonly numberChecksum: string;
  /** Of (row, number that the map has for the UUID): the same, when nothing is wrong. */
  readonly uuidChecksum: string;
  /** Some of the rows that are incomplete or wrong, as text. */
  readonly examples: readonly string[];
}

export const isProven = (proof: TwinProof) =>
  isWaitedFor(proof) && proof.wrong === '0' && proof.numberChecksum === proof.uuidChecksum;

/** Whether all rows with one half have only begun to wait for the other. */
export const isWaitedFor = ({ incomplete, underWay }: Pick<TwinProof, 'incomplete' | 'underWay'>) =>
  BigInt(incomplete) <= BigInt(underWay);

/** How many rows have the other half and not this one. */
export function rowsWithoutHalf(
  { numbers, uuids, incomplete }: Pick<TwinProof, 'numbers' | 'uuids' | 'incomplete'>,
  half: Shape,
): bigint {
  // Each row with one half only counts for one of the two.
  const moreNumbers = BigInt(numbers) - BigInt(uuids);
  return (BigInt(incomplete) + (half === 'uuid' ? moreNumbers : -moreNumbers)) / 2n;
}

/** A client's row can be younger than the pair that it waits for: by so much. */
export const PATIENCE_MS = 30_000;
