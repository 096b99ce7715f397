import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, Unique } from 'typeorm';
import { SHA256_FORMAT } from './text-formats';
import { User } from './user';

/** A one-time token that was mailed to a user who forgot the password. */
@Entity('password_reset_tokens')
@Unique(['tokenHash'])
@Check('ck_password_reset_tokens_token_hash', `token_hash ~ '${SHA256_FORMAT}'`)
@Check('ck_password_reset_tokens_expires_at', 'expires_at > created_at')
export class PasswordResetToken extends BaseEntity {
  @Index()
  @Column({ type: 'uuid' })
  userId!: string;

  // CASCADE: a token of nobody must not survive.
  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  user!: User;

  /** SHA-256 of the token in hexadecimal. */
  @Column({ type: 'varchar', length: 64, select: false })
  tokenHash!: string;

  // Indexed for the removal of what has expired.
  @Index()
  @Column({ type: 'timestamptz' })
  expiresAt!: Date;

  /** When the token was spent, or made worthless by a change of the password. */
  @Column({ type: 'timestamptz', nullable: true })
  usedAt!: Date | null;
}
