import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IsId } from '../../validation/is-id';
import { IsTimestamp } from '../../validation/is-timestamp';
import { MayBeOmitted } from '../../validation/may-be-omitted';

export class CreateOrganizationMembershipDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  userId!: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'A user has one membership per club' })
  @IsId()
  organizationId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  roleId!: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Now, when left out' })
  @MayBeOmitted()
  @IsTimestamp()
  joinedAt?: Date;

  @ApiPropertyOptional({ type: Boolean, default: true })
  @MayBeOmitted()
  @IsBoolean()
  isActive?: boolean;
}
