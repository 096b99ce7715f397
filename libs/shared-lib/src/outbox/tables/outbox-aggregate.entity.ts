import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintTransformer } from './bigint-transformer';

/**
 * How many events an aggregate id has had. Whoever writes one holds this row's lock until the commit, which is what makes
 * the sequence the order of the commits. It outlives the row that it counts for, so that a listener can be told that it is gone.
 */
@Entity('outbox_aggregates')
export class OutboxAggregate {
  @PrimaryColumn({ type: 'varchar', length: 100, collation: 'C' })
  aggregate!: string;

  @PrimaryColumn({ type: 'varchar', length: 200, collation: 'C' })
  aggregateId!: string;

  @Column({ type: 'bigint', transformer: bigintTransformer })
  lastSequence!: number;
}
