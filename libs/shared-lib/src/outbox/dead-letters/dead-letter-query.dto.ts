import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsEnum, IsInt, Max, Min } from 'class-validator';
import { DeadLetterState } from '../tables/dead-letter.entity';

/** Which dead letters to list. */
export class DeadLetterQuery {
  @ApiProperty({ enum: DeadLetterState, required: false, default: DeadLetterState.Open })
  @IsEnum(DeadLetterState)
  state: DeadLetterState = DeadLetterState.Open;

  @ApiProperty({ type: 'integer', required: false, default: 100, minimum: 1, maximum: 1000 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit = 100;
}
