import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, Length } from 'class-validator';
import { IsId } from '../../validation/is-id';
import { IsNumberText } from './is-number-text';

/** What is looked up by one request. */
const MOST_IDS = 1_000;

export class IdMapParameters {
  @ApiProperty({ type: String, description: 'The converted table', example: 'users' })
  @Length(1, 127)
  map!: string;
}

export class NumberParameters extends IdMapParameters {
  @ApiProperty({ type: String, format: 'int64', example: '42' })
  @IsNumberText()
  number!: string;
}

export class UuidParameters extends IdMapParameters {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsId()
  uuid!: string;
}

export class LookUpIdsDto {
  @ApiProperty({
    type: [String],
    format: 'int64',
    required: false,
    maxItems: MOST_IDS,
    description: 'As text: numbers of JSON end at 2^53',
    example: ['7', '42'],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_IDS)
  @IsNumberText({ each: true })
  numbers?: string[];

  @ApiProperty({ type: [String], format: 'uuid', required: false, maxItems: MOST_IDS })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_IDS)
  @IsId({ each: true })
  uuids?: string[];
}
