import { IsId, IsPlainText, MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEnum } from 'class-validator';
import { NAME_LENGTH } from '../../entities/column-rules';
import { BLOCK_COUNT, Difficulty } from '../../entities/session-template';
import { WorkoutType } from '../../entities/workout-session';
import { SessionBlockDto } from './session-block.dto';
import { AreStructures } from '../../validation/are-structures';

export class CreateSessionTemplateDto {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  organizationId!: string;

  @ApiProperty({ example: 'Off-ice strength, week 1', minLength: 1, maxLength: NAME_LENGTH })
  @IsPlainText(NAME_LENGTH)
  name!: string;

  @ApiProperty({ enum: WorkoutType, enumName: 'WorkoutType' })
  @IsEnum(WorkoutType)
  category!: WorkoutType;

  @ApiProperty({ enum: Difficulty, enumName: 'Difficulty' })
  @IsEnum(Difficulty)
  difficulty!: Difficulty;

  @ApiPropertyOptional({
    type: [SessionBlockDto],
    maxItems: BLOCK_COUNT,
    default: [],
    description: "In the order they are done; their exercises are the same club's",
  })
  @MayBeOmitted()
  @AreStructures(() => SessionBlockDto, { min: 0, max: BLOCK_COUNT })
  blocks?: SessionBlockDto[];
}
