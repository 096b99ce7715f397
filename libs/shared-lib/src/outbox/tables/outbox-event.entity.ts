import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintTransformer } from './bigint-transformer';

/**
 * An event that somebody may still need: not published yet, or not confirmed by every subscriber. It is deleted with the
 * last receipt; what was sent lately can be read in the stream.
 */
@Entity('outbox_events')
@Check('ck_outbox_events_sequence', 'sequence > 0')
// What the relay asks for: the oldest unpublished events of a partition.
@Index('ix_outbox_events_unpublished', ['partition', 'position'], { where: 'published_at IS NULL' })
// What the reconciler asks for: published a while ago, and still here.
@Index('ix_outbox_events_unconfirmed', ['publishedAt'], { where: 'published_at IS NOT NULL' })
export class OutboxEvent {
  @PrimaryColumn({ type: 'varchar', length: 100, collation: 'C' })
  aggregate!: string;

  @PrimaryColumn({ type: 'varchar', length: 200, collation: 'C' })
  aggregateId!: string;

  /** 1, 2, 3, ... for each aggregate id, without a gap, in the order of the commits. */
  @PrimaryColumn({ type: 'bigint', transformer: bigintTransformer })
  sequence!: number;

  /** In the order of the inserts. Says which of two aggregates' events came first, where that matters to a reader. */
  @Column({
    type: 'bigint',
    transformer: bigintTransformer,
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
  })
  position!: number;

  /** Of the message; the same however often it is published. */
  @Column({ type: 'uuid' })
  id!: string;

  @Column({ type: 'varchar', length: 300 })
  type!: string;

  /** Which of the relays' partitions the aggregate id falls into. */
  @Column({ type: 'smallint' })
  partition!: number;

  @Column({ type: 'jsonb' })
  data!: object;

  /** The trace that wrote it. https://www.w3.org/TR/trace-context/#traceparent-header */
  @Column({ type: 'varchar', length: 100, nullable: true })
  traceparent!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  occurredAt!: Date;

  /**
   * When the stream last acknowledged it, or the reconciler last heard that it is underway; null when it is to be published
   * (again).
   */
  @Column({ type: 'timestamptz', nullable: true })
  publishedAt!: Date | null;

  /** How often it was published: a part of the message id, since the stream refuses an id that it has seen lately. */
  @Column({ type: 'integer', default: 0 })
  publishes!: number;

  /** Listeners whose receipt is missing. */
  @Column({ type: 'text', array: true })
  awaiting!: string[];
}
