import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, Unique } from 'typeorm';
import { SHA256_FORMAT } from './text-formats';
import { User } from './user';

/** A long-lived token of one signed-in device. The token itself is known to the client alone. */
@Entity('refresh_tokens')
@Unique(['tokenHash'])
@Check('ck_refresh_tokens_token_hash', `token_hash ~ '${SHA256_FORMAT}'`)
@Check('ck_refresh_tokens_expires_at', 'expires_at > created_at')
export class RefreshToken extends BaseEntity {
  @Index()
  @Column({ type: 'uuid' })
  userId!: string;

  // CASCADE: a token of nobody must not survive.
  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  user!: User;

  /** SHA-256 of the token in hexadecimal; the token is random, so it needs neither salt nor slow hashing. */
  @Column({ type: 'varchar', length: 64, select: false })
  tokenHash!: string;

  // Indexed for the removal of what has expired.
  @Index()
  @Column({ type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;
}
