import { Column, type ValueTransformer } from 'typeorm';
import { BaseEntity } from './base-entity';

/** Postgres sends bigint as text. Sequences stay far below what a number holds exactly. */
const sequenceTransformer: ValueTransformer = {
  to: (value: number | undefined) => value,
  from: (value: string) => Number(value),
};

/**
 * What a service knows of another service's row, kept up by its events: a read model. `id` is the row's own id.
 *
 * A row that its owner deleted stays as a tombstone, so that ids that point to it never dangle, and so that `sequence` goes
 * on keeping older news out. Written by `keepNewest` alone.
 */
export abstract class KnownRow extends BaseEntity {
  /** The owner's sequence of the state that the row holds; 0: the owner had it before there were events. */
  @Column({ type: 'bigint', transformer: sequenceTransformer })
  sequence!: number;

  @Column({ type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;
}
