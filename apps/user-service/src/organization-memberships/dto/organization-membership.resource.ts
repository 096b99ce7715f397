import { Resource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import type { OrganizationMembership } from '../../entities/organization-membership';
import { PersonSummary } from '../../resources/person-summary';

/** Who belongs to which club, and as what. */
export class OrganizationMembershipResource extends Resource {
  @ApiProperty({ type: PersonSummary })
  user: PersonSummary;

  @ApiProperty({ type: String, format: 'uuid' })
  organizationId: string;

  @ApiProperty({ type: String, format: 'uuid' })
  roleId: string;

  @ApiProperty({ type: String, example: 'coach' })
  roleName: string;

  @ApiProperty({ type: String, format: 'date-time' })
  joinedAt: Date;

  @ApiProperty({ type: Boolean })
  isActive: boolean;

  /** @param membership with its user and its role loaded */
  constructor(membership: OrganizationMembership) {
    super(membership);
    this.user = new PersonSummary(membership.user);
    this.organizationId = membership.organizationId;
    this.roleId = membership.roleId;
    this.roleName = membership.role.name;
    this.joinedAt = membership.joinedAt;
    this.isActive = membership.isActive;
  }
}
