import { LessThanOrEqual, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';
import type { KnownRow } from './known-row';

/**
 * Marks a row of a read model as deleted by its owner, unless it holds something newer. Does nothing about a row that was
 * never known; where something may point to it, `keepNewest` with a `deletedAt` leaves a tombstone for it as well.
 */
export async function keepTombstone(
  manager: EntityManager,
  entity: new () => KnownRow,
  { id, sequence, deletedAt }: Pick<KnownRow, 'id' | 'sequence'> & { readonly deletedAt: Date },
): Promise<void> {
  const tombstone: QueryDeepPartialEntity<KnownRow> = { sequence, deletedAt };
  await manager.update(entity, { id, sequence: LessThanOrEqual(sequence) }, tombstone);
}
