import { IsId, MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEnum } from 'class-validator';
import { GuardianRelationship } from '../../entities/guardianship';
import { DiffersFrom } from '../../validation/differs-from';

export class CreateGuardianshipDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  parentId!: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'Somebody else than the parent' })
  @IsId()
  @DiffersFrom('parentId')
  childId!: string;

  @ApiPropertyOptional({
    enum: GuardianRelationship,
    enumName: 'GuardianRelationship',
    default: GuardianRelationship.Parent,
  })
  @MayBeOmitted()
  @IsEnum(GuardianRelationship)
  relationship?: GuardianRelationship;

  @ApiPropertyOptional({ type: Boolean, default: false })
  @MayBeOmitted()
  @IsBoolean()
  isPrimaryContact?: boolean;
}
