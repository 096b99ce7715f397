import { createHash } from 'node:crypto';

/**
 * Into how many parts the unpublished events are divided, for relays to share. A constant of stored rows: another number
 * would let two relays publish one aggregate at once.
 */
export const PARTITIONS = 16;

/** The part that all events of an aggregate id are in, from 0. The same on every machine and in every version. */
export function partitionOf(aggregate: string, aggregateId: string): number {
  return createHash('sha256').update(`${aggregate}/${aggregateId}`).digest()[0]! % PARTITIONS;
}
