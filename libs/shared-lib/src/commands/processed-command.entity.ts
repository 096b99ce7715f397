import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export enum CommandOutcome {
  Done = 'done',
  Refused = 'refused',
  /** It never came, and was taken back: should it come later, it is refused. */
  Withdrawn = 'withdrawn',
}

/** A command that this service decided on, written by the transaction that did it: the same key gets the same answer. */
@Entity('processed_commands')
export class ProcessedCommand {
  /** Chosen by the sender; says which command it is, however often it is sent. */
  @PrimaryColumn({ type: 'varchar', length: 200, collation: 'C' })
  key!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  /** SHA-256 of name and request; null when it was withdrawn before it came. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  requestHash!: string | null;

  @Column({ type: 'enum', enum: CommandOutcome })
  outcome!: CommandOutcome;

  /** What was answered: the reply, or `{ code, message }` of a refusal. */
  @Column({ type: 'jsonb', nullable: true })
  reply!: object | null;

  @Index()
  @Column({ type: 'timestamptz', default: () => 'now()' })
  processedAt!: Date;
}
