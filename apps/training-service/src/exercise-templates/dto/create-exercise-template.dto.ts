import { IsId, IsPlainText, IsWebAddress, MayBeOmitted, WEB_ADDRESS_LENGTH } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsEnum, IsOptional } from 'class-validator';
import { NAME_LENGTH } from '../../entities/column-rules';
import {
  EQUIPMENT_COUNT,
  EQUIPMENT_LENGTH,
  ExerciseCategory,
  INSTRUCTIONS_LENGTH,
  MuscleGroup,
} from '../../entities/exercise-template';
import { ArePlainTexts } from '../../validation/are-plain-texts';
import { IsProse } from '../../validation/is-prose';

export class CreateExerciseTemplateDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  organizationId!: string;

  @ApiProperty({
    description: 'Unique in the club',
    example: 'Goblet squat',
    minLength: 1,
    maxLength: NAME_LENGTH,
  })
  @IsPlainText(NAME_LENGTH)
  name!: string;

  @ApiProperty({ enum: ExerciseCategory, enumName: 'ExerciseCategory' })
  @IsEnum(ExerciseCategory)
  category!: ExerciseCategory;

  @ApiPropertyOptional({
    enum: MuscleGroup,
    enumName: 'MuscleGroup',
    isArray: true,
    uniqueItems: true,
    default: [],
  })
  @MayBeOmitted()
  @IsArray()
  @ArrayUnique()
  @IsEnum(MuscleGroup, { each: true })
  muscleGroups?: MuscleGroup[];

  @ApiPropertyOptional({
    type: [String],
    example: ['kettlebell'],
    uniqueItems: true,
    maxItems: EQUIPMENT_COUNT,
    default: [],
    description: `What it takes, each in at most ${EQUIPMENT_LENGTH} characters`,
  })
  @MayBeOmitted()
  @ArrayMaxSize(EQUIPMENT_COUNT)
  @ArrayUnique()
  @ArePlainTexts(EQUIPMENT_LENGTH)
  equipment?: string[];

  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: INSTRUCTIONS_LENGTH, nullable: true })
  @IsOptional()
  @IsProse(INSTRUCTIONS_LENGTH)
  instructions?: string | null;

  @ApiPropertyOptional({ type: String, format: 'uri', maxLength: WEB_ADDRESS_LENGTH, nullable: true })
  @IsOptional()
  @IsWebAddress()
  videoUrl?: string | null;
}
