import { KnownRow } from '@hockey-hub/shared-lib';
import { Check, Column, Entity } from 'typeorm';

/** What this service knows of a club. */
@Entity('known_organizations')
@Check('ck_known_organizations_told', 'deleted_at IS NOT NULL OR name IS NOT NULL')
export class KnownOrganization extends KnownRow {
  /** Null in the tombstone of a club that was gone before it was known. */
  @Column({ type: 'text', nullable: true })
  name!: string | null;
}
