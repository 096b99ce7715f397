import { PartialType } from '@nestjs/swagger';
import { PrescriptionDto } from './prescription.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateExerciseDto extends PartialType(PrescriptionDto, { skipNullProperties: false }) {}
