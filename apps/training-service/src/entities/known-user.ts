import { KnownRow } from '@hockey-hub/shared-lib';
import { Check, Column, Entity } from 'typeorm';

/** What this service knows of a person. The tombstone of one says nothing but that there was somebody. */
@Entity('known_users')
@Check(
  'ck_known_users_told',
  'CASE WHEN deleted_at IS NULL THEN num_nonnulls(first_name, last_name) = 2 ELSE num_nonnulls(first_name, last_name) = 0 END',
)
export class KnownUser extends KnownRow {
  @Column({ type: 'text', nullable: true })
  firstName!: string | null;

  @Column({ type: 'text', nullable: true })
  lastName!: string | null;
}
