import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray } from 'class-validator';
import { EXERCISE_COUNT } from '../../entities/exercise';
import { IsId } from '../../validation/is-id';

export class OrderExercisesDto {
  @ApiProperty({
    type: [String],
    format: 'uuid',
    uniqueItems: true,
    maxItems: EXERCISE_COUNT,
    description: 'Every exercise of the session, first to last',
  })
  @IsArray()
  @ArrayMaxSize(EXERCISE_COUNT)
  @ArrayUnique()
  @IsId({ each: true })
  exerciseIds!: string[];
}
