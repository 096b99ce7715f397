import { IsId, IsTimestamp, MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEnum, IsInt, IsOptional, Max, Min } from 'class-validator';
import { HIGHEST_JERSEY_NUMBER, LOWEST_JERSEY_NUMBER, PlayerPosition } from '../../entities/team-membership';
import { IsNotBefore } from '../../validation/is-not-before';

export class CreateTeamMembershipDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  teamId!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    description: 'A user has at most one open membership per team',
  })
  @IsId()
  userId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  roleId!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: LOWEST_JERSEY_NUMBER,
    maximum: HIGHEST_JERSEY_NUMBER,
    nullable: true,
  })
  @IsOptional()
  @IsInt()
  @Min(LOWEST_JERSEY_NUMBER)
  @Max(HIGHEST_JERSEY_NUMBER)
  jerseyNumber?: number | null;

  @ApiPropertyOptional({ type: String, enum: PlayerPosition, enumName: 'PlayerPosition', nullable: true })
  @IsOptional()
  @IsEnum(PlayerPosition)
  position?: PlayerPosition | null;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Now, when left out' })
  @MayBeOmitted()
  @IsTimestamp()
  joinedAt?: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null: the membership is open',
  })
  @IsOptional()
  @IsTimestamp()
  @IsNotBefore('joinedAt')
  leftAt?: Date | null;
}
