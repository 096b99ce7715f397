import { CrossServiceReference, KnownRow } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index } from 'typeorm';
import { ORGANIZATIONS } from './platform-references';

/** What this service knows of a team. */
@Entity('known_teams')
@Check('ck_known_teams_told', 'deleted_at IS NOT NULL OR num_nonnulls(organization_id, name, season) = 3')
export class KnownTeam extends KnownRow {
  /** Null, as all that follows, in the tombstone of a team that was gone before it was known. */
  @Index()
  @CrossServiceReference(ORGANIZATIONS)
  @Column({ type: 'uuid', nullable: true })
  organizationId!: string | null;

  @Column({ type: 'text', nullable: true })
  name!: string | null;

  @Column({ type: 'text', nullable: true })
  season!: string | null;
}
