import {
  SEASON_FORMAT,
  VersionedEntity,
  WEB_ADDRESS_FORMAT,
  WEB_ADDRESS_LENGTH,
} from '@hockey-hub/shared-lib';
import { Check, Column, Entity, ManyToOne, Unique } from 'typeorm';
import { Organization } from './organization';

export enum TeamType {
  Youth = 'youth',
  Junior = 'junior',
  Senior = 'senior',
  Recreational = 'recreational',
}

/** One team of a club in one season; next season's team is another row. */
@Entity('teams')
// Leads with organization_id, so it is the index of that foreign key too.
@Unique(['organizationId', 'name', 'season'])
@Check('ck_teams_name', `btrim(name) <> ''`)
@Check('ck_teams_age_group', `btrim(age_group) <> ''`)
@Check('ck_teams_season', `season ~ '${SEASON_FORMAT}'`)
@Check('ck_teams_logo_url', `logo_url ~ '${WEB_ADDRESS_FORMAT}'`)
export class Team extends VersionedEntity {
  @Column({ type: 'uuid' })
  organizationId!: string;

  // NO ACTION: other services refer to teams, so a club is closed (is_active) or emptied on purpose first.
  @ManyToOne(() => Organization, { nullable: false, onDelete: 'NO ACTION' })
  organization!: Organization;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'enum', enum: TeamType })
  teamType!: TeamType;

  /** As the federation calls it, for example `U14`; null for teams without an age limit. */
  @Column({ type: 'varchar', length: 20, nullable: true })
  ageGroup!: string | null;

  @Column({ type: 'varchar', length: 9 })
  season!: string;

  @Column({ type: 'varchar', length: WEB_ADDRESS_LENGTH, nullable: true })
  logoUrl!: string | null;

  @Column({ type: 'boolean', default: true })
  isActive!: boolean;
}
