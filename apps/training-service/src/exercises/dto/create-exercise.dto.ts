import { MayBeOmitted } from '@hockey-hub/shared-lib';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { EXERCISE_COUNT } from '../../entities/exercise';
import { IsIntegerWithin } from '../../validation/is-integer-within';
import { PrescriptionDto } from './prescription.dto';

export class CreateExerciseDto extends PrescriptionDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: EXERCISE_COUNT,
    description: 'Where to put it, moving what follows; the end when it is left out',
  })
  @MayBeOmitted()
  @IsIntegerWithin({ min: 1, max: EXERCISE_COUNT })
  position?: number;
}
