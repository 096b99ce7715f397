import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import { SubscriptionTier, type Organization } from '../../entities/organization';

/** A club as the API shows it. */
export class OrganizationResource extends VersionedResource {
  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: String })
  subdomain: string;

  @ApiProperty({ type: String, format: 'uri', nullable: true })
  logoUrl: string | null;

  @ApiProperty({ type: String, nullable: true })
  primaryColor: string | null;

  @ApiProperty({ type: String, nullable: true })
  secondaryColor: string | null;

  @ApiProperty({ enum: SubscriptionTier, enumName: 'SubscriptionTier' })
  subscriptionTier: SubscriptionTier;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  subscriptionExpiresAt: Date | null;

  @ApiProperty({ type: Boolean })
  isActive: boolean;

  constructor(organization: Organization) {
    super(organization);
    this.name = organization.name;
    this.subdomain = organization.subdomain;
    this.logoUrl = organization.logoUrl;
    this.primaryColor = organization.primaryColor;
    this.secondaryColor = organization.secondaryColor;
    this.subscriptionTier = organization.subscriptionTier;
    this.subscriptionExpiresAt = organization.subscriptionExpiresAt;
    this.isActive = organization.isActive;
  }
}
