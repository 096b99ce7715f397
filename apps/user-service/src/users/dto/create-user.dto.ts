import {
  IsPlainText,
  IsWebAddress,
  LowerCased,
  MayBeOmitted,
  WEB_ADDRESS_LENGTH,
} from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsEnum, IsOptional, Matches, MaxLength } from 'class-validator';
import { EMAIL_LENGTH } from '../../entities/email-address';
import { LANGUAGE_FORMAT, PHONE_FORMAT } from '../../entities/text-formats';
import { Handedness } from '../../entities/user';
import { IsBirthDate } from '../../validation/is-birth-date';
import { Password } from './password';

export class CreateUserDto {
  @ApiProperty({
    format: 'email',
    maxLength: EMAIL_LENGTH,
    description: 'Unique regardless of case; kept in lower case',
  })
  @LowerCased()
  @MaxLength(EMAIL_LENGTH)
  @IsEmail()
  email!: string;

  @Password()
  password!: string;

  @ApiProperty({ example: 'Mia', minLength: 1, maxLength: 100 })
  @IsPlainText(100)
  firstName!: string;

  @ApiProperty({ example: 'Keller', minLength: 1, maxLength: 100 })
  @IsPlainText(100)
  lastName!: string;

  @ApiPropertyOptional({ type: String, example: '+41791234567', pattern: PHONE_FORMAT, nullable: true })
  @IsOptional()
  @Matches(new RegExp(PHONE_FORMAT), {
    message: '$property must be an international number as +41791234567',
  })
  phone?: string | null;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true })
  @IsOptional()
  @IsBirthDate()
  dateOfBirth?: string | null;

  @ApiPropertyOptional({
    type: String,
    enum: Handedness,
    enumName: 'Handedness',
    description: 'The side a player shoots from',
    nullable: true,
  })
  @IsOptional()
  @IsEnum(Handedness)
  handedness?: Handedness | null;

  @ApiPropertyOptional({ type: String, format: 'uri', maxLength: WEB_ADDRESS_LENGTH, nullable: true })
  @IsOptional()
  @IsWebAddress()
  profileImageUrl?: string | null;

  @ApiPropertyOptional({ type: Boolean, default: true })
  @MayBeOmitted()
  @IsBoolean()
  isActive?: boolean;

  @ApiPropertyOptional({
    type: String,
    pattern: LANGUAGE_FORMAT,
    default: 'en',
    description: 'A language tag of BCP 47',
  })
  @MayBeOmitted()
  @MaxLength(35)
  @Matches(new RegExp(LANGUAGE_FORMAT), { message: '$property must be a language tag as en or de-CH' })
  preferredLanguage?: string;
}
