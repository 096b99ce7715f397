import {
  IsPlainText,
  IsTimestamp,
  IsWebAddress,
  LowerCased,
  MayBeOmitted,
  WEB_ADDRESS_LENGTH,
} from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEnum, IsOptional, Matches } from 'class-validator';
import { SubscriptionTier } from '../../entities/organization';
import { COLOR_FORMAT, SUBDOMAIN_FORMAT } from '../../entities/text-formats';

const COLOR_MESSAGE = '$property must be a colour as #rrggbb';

export class CreateOrganizationDto {
  @ApiProperty({ example: 'EHC Oberland', minLength: 1, maxLength: 150 })
  @IsPlainText(150)
  name!: string;

  @ApiProperty({ description: 'A DNS label, unique', example: 'ehc-oberland', pattern: SUBDOMAIN_FORMAT })
  @LowerCased()
  @Matches(new RegExp(SUBDOMAIN_FORMAT), {
    message: '$property must be 1 to 63 letters, digits and inner hyphens',
  })
  subdomain!: string;

  @ApiPropertyOptional({ type: String, format: 'uri', maxLength: WEB_ADDRESS_LENGTH, nullable: true })
  @IsOptional()
  @IsWebAddress()
  logoUrl?: string | null;

  @ApiPropertyOptional({ type: String, example: '#0a64ff', pattern: COLOR_FORMAT, nullable: true })
  @IsOptional()
  @LowerCased()
  @Matches(new RegExp(COLOR_FORMAT), { message: COLOR_MESSAGE })
  primaryColor?: string | null;

  @ApiPropertyOptional({ type: String, example: '#ffffff', pattern: COLOR_FORMAT, nullable: true })
  @IsOptional()
  @LowerCased()
  @Matches(new RegExp(COLOR_FORMAT), { message: COLOR_MESSAGE })
  secondaryColor?: string | null;

  @ApiPropertyOptional({
    enum: SubscriptionTier,
    enumName: 'SubscriptionTier',
    default: SubscriptionTier.Free,
  })
  @MayBeOmitted()
  @IsEnum(SubscriptionTier)
  subscriptionTier?: SubscriptionTier;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null: does not end by itself',
  })
  @IsOptional()
  @IsTimestamp()
  subscriptionExpiresAt?: Date | null;

  @ApiPropertyOptional({ type: Boolean, default: true })
  @MayBeOmitted()
  @IsBoolean()
  isActive?: boolean;
}
