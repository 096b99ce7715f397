import { IsId } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEnum, IsInt, IsOptional, Max, Min } from 'class-validator';
import { HIGHEST_JERSEY_NUMBER, LOWEST_JERSEY_NUMBER, PlayerPosition } from '../../entities/team-membership';
import { DiffersFrom } from '../../validation/differs-from';

export class CreatePlayerTransferDto {
  @ApiProperty({ type: String, format: 'uuid', description: 'A user who plays in the first team' })
  @IsId()
  playerId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  fromTeamId!: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'Another team' })
  @IsId()
  @DiffersFrom('fromTeamId')
  toTeamId!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: LOWEST_JERSEY_NUMBER,
    maximum: HIGHEST_JERSEY_NUMBER,
    nullable: true,
    description: 'In the new team; none when left out',
  })
  @IsOptional()
  @IsInt()
  @Min(LOWEST_JERSEY_NUMBER)
  @Max(HIGHEST_JERSEY_NUMBER)
  jerseyNumber?: number | null;

  @ApiPropertyOptional({
    type: String,
    enum: PlayerPosition,
    enumName: 'PlayerPosition',
    nullable: true,
    description: 'In the new team; that in the old one when left out',
  })
  @IsOptional()
  @IsEnum(PlayerPosition)
  position?: PlayerPosition | null;
}
