import { IsPlainText, MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NAME_LENGTH } from '../../entities/column-rules';
import { BLOCK_EXERCISE_COUNT, ROUNDS } from '../../entities/exercise-prescription';
import { PrescriptionDto } from '../../exercises/dto/prescription.dto';
import { IsIntegerWithin } from '../../validation/is-integer-within';
import { AreStructures } from '../../validation/are-structures';

/** A part of a session that is done as one, such as a warm-up or a circuit. */
export class SessionBlockDto {
  @ApiProperty({ example: 'Warm-up', minLength: 1, maxLength: NAME_LENGTH })
  @IsPlainText(NAME_LENGTH)
  name!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: ROUNDS.min,
    maximum: ROUNDS.max,
    default: 1,
    description: 'How many times the block is gone through',
  })
  @MayBeOmitted()
  @IsIntegerWithin(ROUNDS)
  rounds?: number;

  @ApiProperty({ type: [PrescriptionDto], minItems: 1, maxItems: BLOCK_EXERCISE_COUNT })
  @AreStructures(() => PrescriptionDto, { min: 1, max: BLOCK_EXERCISE_COUNT })
  exercises!: PrescriptionDto[];
}
