import { IsId } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray } from 'class-validator';
import { EXERCISE_COUNT } from '../../entities/exercise';

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
