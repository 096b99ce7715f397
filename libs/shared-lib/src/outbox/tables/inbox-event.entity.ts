import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintTransformer } from './bigint-transformer';

/** An event that was received and cannot be processed yet: one before it is missing, or it failed and is tried again. */
@Entity('inbox_events')
// What the retries ask for: failed, and not before its time.
@Index('ix_inbox_events_failed', ['nextAttemptAt'], { where: 'error IS NOT NULL' })
export class InboxEvent {
  @PrimaryColumn({ type: 'varchar', length: 100, collation: 'C' })
  source!: string;

  @PrimaryColumn({ type: 'varchar', length: 100, collation: 'C' })
  aggregate!: string;

  @PrimaryColumn({ type: 'varchar', length: 200, collation: 'C' })
  aggregateId!: string;

  @PrimaryColumn({ type: 'bigint', transformer: bigintTransformer })
  sequence!: number;

  /** The message as it was received. */
  @Column({ type: 'bytea' })
  message!: Buffer;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  receivedAt!: Date;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  /** Not before. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  nextAttemptAt!: Date;

  /** What the last attempt failed with; null while it only waits for an event before it. */
  @Column({ type: 'text', nullable: true })
  error!: string | null;
}
