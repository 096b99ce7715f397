import type { PlannedExercise } from '../entities/exercise-prescription';
import type { PrescriptionDto } from './dto/prescription.dto';

/** The whole prescription behind a request's, with what it left out filled in as the table `exercises` would. */
export function prescribe(prescription: PrescriptionDto): PlannedExercise {
  const { exerciseTemplateId, sets = 1, reps = null, restSeconds = 0, target = {} } = prescription;
  return { exerciseTemplateId, sets, reps, restSeconds, target: { ...target } };
}
