import {
  IsId,
  IsPlainText,
  IsWebAddress,
  MayBeOmitted,
  SEASON_FORMAT,
  WEB_ADDRESS_LENGTH,
} from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEnum, IsOptional, Matches } from 'class-validator';
import { TeamType } from '../../entities/team';

export class CreateTeamDto {
  @ApiProperty({ type: String, format: 'uuid', description: 'The club; a team never moves to another one' })
  @IsId()
  organizationId!: string;

  @ApiProperty({
    example: 'Lions',
    minLength: 1,
    maxLength: 100,
    description: 'Unique in the club and season',
  })
  @IsPlainText(100)
  name!: string;

  @ApiProperty({ enum: TeamType, enumName: 'TeamType' })
  @IsEnum(TeamType)
  teamType!: TeamType;

  @ApiPropertyOptional({ type: String, example: 'U14', minLength: 1, maxLength: 20, nullable: true })
  @IsOptional()
  @IsPlainText(20)
  ageGroup?: string | null;

  @ApiProperty({ example: '2026-2027', pattern: SEASON_FORMAT })
  @Matches(new RegExp(SEASON_FORMAT), { message: '$property must be a season as 2026-2027 or 2026' })
  season!: string;

  @ApiPropertyOptional({ type: String, format: 'uri', maxLength: WEB_ADDRESS_LENGTH, nullable: true })
  @IsOptional()
  @IsWebAddress()
  logoUrl?: string | null;

  @ApiPropertyOptional({ type: Boolean, default: true })
  @MayBeOmitted()
  @IsBoolean()
  isActive?: boolean;
}
