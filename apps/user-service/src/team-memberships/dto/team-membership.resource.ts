import { Resource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import { PlayerPosition, type TeamMembership } from '../../entities/team-membership';
import { PersonSummary } from '../../resources/person-summary';

/** Who is or was in which team, and as what. */
export class TeamMembershipResource extends Resource {
  @ApiProperty({ type: String, format: 'uuid' })
  teamId: string;

  @ApiProperty({ type: PersonSummary })
  user: PersonSummary;

  @ApiProperty({ type: String, format: 'uuid' })
  roleId: string;

  @ApiProperty({ type: String, example: 'player' })
  roleName: string;

  @ApiProperty({ type: 'integer', nullable: true })
  jerseyNumber: number | null;

  @ApiProperty({ enum: PlayerPosition, enumName: 'PlayerPosition', nullable: true })
  position: PlayerPosition | null;

  @ApiProperty({ type: String, format: 'date-time' })
  joinedAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  leftAt: Date | null;

  /** @param membership with its user and its role loaded */
  constructor(membership: TeamMembership) {
    super(membership);
    this.teamId = membership.teamId;
    this.user = new PersonSummary(membership.user);
    this.roleId = membership.roleId;
    this.roleName = membership.role.name;
    this.jerseyNumber = membership.jerseyNumber;
    this.position = membership.position;
    this.joinedAt = membership.joinedAt;
    this.leftAt = membership.leftAt;
  }
}
