import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export enum DeadLetterState {
  Open = 'open',
  Replayed = 'replayed',
  Discarded = 'discarded',
}

/** A message that this service cannot process, until somebody decides. */
@Entity('dead_letters')
// The same message is one letter, however often it is delivered.
@Index('uq_dead_letters_open', ['fingerprint'], { unique: true, where: `state = 'open'` })
export class DeadLetter {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** SHA-256 of the message, in hexadecimal digits. */
  @Column({ type: 'varchar', length: 64 })
  fingerprint!: string;

  /** Where it was delivered. */
  @Column({ type: 'varchar', length: 300 })
  subject!: string;

  /** The service that published it; null, as the next three, when the message does not say. */
  @Column({ type: 'varchar', length: 100, nullable: true })
  source!: string | null;

  @Column({ type: 'varchar', length: 100, nullable: true })
  aggregate!: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  aggregateId!: string | null;

  @Column({ type: 'bigint', nullable: true })
  sequence!: string | null;

  @Column({ type: 'bytea' })
  message!: Buffer;

  /** Stable name of what is wrong: an EventErrorCode, or HANDLER_FAILED. */
  @Column({ type: 'varchar', length: 50 })
  code!: string;

  @Column({ type: 'text' })
  error!: string;

  @Column({ type: 'integer' })
  attempts!: number;

  @Column({ type: 'enum', enum: DeadLetterState, default: DeadLetterState.Open })
  state!: DeadLetterState;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  diedAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  settledAt!: Date | null;
}
