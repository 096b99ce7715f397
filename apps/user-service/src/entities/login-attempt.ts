import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne } from 'typeorm';
import { EMAIL_LENGTH, emailTransformer } from './email-address';
import { User } from './user';

export enum LoginFailure {
  UnknownUser = 'unknown_user',
  WrongPassword = 'wrong_password',
  InactiveUser = 'inactive_user',
  TooManyAttempts = 'too_many_attempts',
}

/** One attempt to sign in, kept to slow down guessing and to answer "was that me?". Rows never change. */
@Entity('login_attempts')
// Both are read backwards in time, to count the recent failures of an address or of a network peer.
@Index(['email', 'attemptedAt'])
@Index(['ipAddress', 'attemptedAt'])
@Check('ck_login_attempts_email', 'email = lower(email)')
@Check('ck_login_attempts_outcome', 'succeeded = (failure IS NULL)')
export class LoginAttempt extends BaseEntity {
  /** As typed by whoever tried; it need not be anybody's address. */
  @Column({ type: 'varchar', length: EMAIL_LENGTH, transformer: emailTransformer })
  email!: string;

  /** Null when the address was nobody's, or when that user has been erased since. */
  @Index()
  @Column({ type: 'uuid', nullable: true })
  userId!: string | null;

  // SET NULL: attacks stay countable after the account is gone.
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  user!: User | null;

  @Column({ type: 'boolean' })
  succeeded!: boolean;

  @Column({ type: 'enum', enum: LoginFailure, nullable: true })
  failure!: LoginFailure | null;

  @Column({ type: 'inet' })
  ipAddress!: string;

  @Column({ type: 'varchar', length: 512, nullable: true })
  userAgent!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  attemptedAt!: Date;
}
