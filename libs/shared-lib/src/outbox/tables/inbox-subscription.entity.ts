import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a listener took over what an aggregate was before it began to listen, or how far it is with that. */
@Entity('inbox_subscriptions')
export class InboxSubscription {
  @PrimaryColumn({ type: 'varchar', length: 100, collation: 'C' })
  source!: string;

  @PrimaryColumn({ type: 'varchar', length: 100, collation: 'C' })
  aggregate!: string;

  /** The last aggregate id of the snapshot that was taken over; null before the first page and behind the last one. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  snapshotCursor!: string | null;

  /** When the snapshot was complete. */
  @Column({ type: 'timestamptz', nullable: true })
  joinedAt!: Date | null;
}
