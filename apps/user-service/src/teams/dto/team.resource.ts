import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import { TeamType, type Team } from '../../entities/team';

/** A team as the API shows it. */
export class TeamResource extends VersionedResource {
  @ApiProperty({ type: String, format: 'uuid' })
  organizationId: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ enum: TeamType, enumName: 'TeamType' })
  teamType: TeamType;

  @ApiProperty({ type: String, nullable: true })
  ageGroup: string | null;

  @ApiProperty({ type: String })
  season: string;

  @ApiProperty({ type: String, format: 'uri', nullable: true })
  logoUrl: string | null;

  @ApiProperty({ type: Boolean })
  isActive: boolean;

  constructor(team: Team) {
    super(team);
    this.organizationId = team.organizationId;
    this.name = team.name;
    this.teamType = team.teamType;
    this.ageGroup = team.ageGroup;
    this.season = team.season;
    this.logoUrl = team.logoUrl;
    this.isActive = team.isActive;
  }
}
