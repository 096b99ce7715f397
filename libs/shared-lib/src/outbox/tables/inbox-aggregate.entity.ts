import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintTransformer } from './bigint-transformer';

/**
 * How far another service's aggregate id has been processed here: the inbox's record of what was done, written by the
 * transaction that did it. One number is enough, because sequences have no gaps and are processed in order.
 */
@Entity('inbox_aggregates')
export class InboxAggregate {
  /** The service that publishes it. */
  @PrimaryColumn({ type: 'varchar', length: 100, collation: 'C' })
  source!: string;

  @PrimaryColumn({ type: 'varchar', length: 100, collation: 'C' })
  aggregate!: string;

  @PrimaryColumn({ type: 'varchar', length: 200, collation: 'C' })
  aggregateId!: string;

  @Column({ type: 'bigint', transformer: bigintTransformer, default: 0 })
  lastSequence!: number;
}
