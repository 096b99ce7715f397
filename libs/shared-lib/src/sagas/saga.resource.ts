import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import {
  SAGA_STATES,
  type SagaProblem,
  type SagaProgress,
  type SagaReason,
  type SagaState,
} from './saga-progress';
import type { SagaDetails, SagaView } from './saga-view';

/** Which sagas to list. */
export class SagaQuery {
  @ApiPropertyOptional({ description: 'Name of the saga', example: 'transfer-player' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  saga?: string;

  @ApiPropertyOptional({ enum: SAGA_STATES })
  @IsOptional()
  @IsIn(SAGA_STATES)
  state?: SagaState;

  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 1000 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;
}

export class SagaResource implements SagaView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'transfer-player' })
  saga!: string;

  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ enum: SAGA_STATES })
  state!: SagaState;

  @ApiProperty()
  startedAt!: Date;

  @ApiProperty()
  updatedAt!: Date;

  @ApiProperty({ type: Date, nullable: true })
  endedAt!: Date | null;

  @ApiProperty({ type: Object, nullable: true, description: 'Why it is taken back' })
  reason!: SagaReason | null;

  @ApiProperty({ type: Object, nullable: true, description: 'What it waits for, when it is stuck' })
  problem!: SagaProblem | null;

  @ApiProperty({ type: String, nullable: true, description: 'The step that it is at' })
  step!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why the last attempt at that step failed' })
  error!: string | null;
}

export class SagaDetailsResource extends SagaResource implements SagaDetails {
  @ApiProperty({
    type: [Object],
    description: 'Its steps: state, attempts, the last error, when the next attempt is due',
  })
  steps!: SagaProgress['steps'];

  @ApiProperty({ description: 'Whether it did what cannot be taken back' })
  isPastPivot!: boolean;

  @ApiProperty({ type: Object })
  input!: object;

  @ApiProperty({ type: Object, nullable: true })
  result!: object | null;
}
