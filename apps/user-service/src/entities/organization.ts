import { VersionedEntity, WEB_ADDRESS_FORMAT, WEB_ADDRESS_LENGTH } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Unique } from 'typeorm';
import { COLOR_FORMAT, SUBDOMAIN_FORMAT } from './text-formats';

export enum SubscriptionTier {
  Free = 'free',
  Basic = 'basic',
  Premium = 'premium',
  Enterprise = 'enterprise',
}

/** A club: the tenant that teams, members and, in the other services, templates belong to. */
@Entity('organizations')
@Unique(['subdomain'])
@Check('ck_organizations_name', `btrim(name) <> ''`)
@Check('ck_organizations_subdomain', `subdomain ~ '${SUBDOMAIN_FORMAT}'`)
@Check('ck_organizations_logo_url', `logo_url ~ '${WEB_ADDRESS_FORMAT}'`)
@Check('ck_organizations_primary_color', `primary_color ~ '${COLOR_FORMAT}'`)
@Check('ck_organizations_secondary_color', `secondary_color ~ '${COLOR_FORMAT}'`)
export class Organization extends VersionedEntity {
  @Column({ type: 'varchar', length: 150 })
  name!: string;

  @Column({ type: 'varchar', length: 63 })
  subdomain!: string;

  @Column({ type: 'varchar', length: WEB_ADDRESS_LENGTH, nullable: true })
  logoUrl!: string | null;

  @Column({ type: 'varchar', length: 7, nullable: true })
  primaryColor!: string | null;

  @Column({ type: 'varchar', length: 7, nullable: true })
  secondaryColor!: string | null;

  @Column({ type: 'enum', enum: SubscriptionTier, default: SubscriptionTier.Free })
  subscriptionTier!: SubscriptionTier;

  /** Null: the subscription does not end by itself. */
  @Column({ type: 'timestamptz', nullable: true })
  subscriptionExpiresAt!: Date | null;

  @Column({ type: 'boolean', default: true })
  isActive!: boolean;
}
