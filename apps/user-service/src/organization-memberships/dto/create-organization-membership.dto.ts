import { IsId, IsTimestamp, MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';

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
