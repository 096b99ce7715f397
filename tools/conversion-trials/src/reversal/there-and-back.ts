/**
 * The room `reversal` owns the way back: from after each phase to numbers, with clients at work all the time, and then once more
 * forward through all of them. It does not own the conversion or the clients (`trial`).
 *
 * A client is there whenever its ids are:
 *
 *               AddUuidColumns  GenerateUuids  UpdateReferences  SwitchPrimaryKeys  RemoveNumericIds
 *   old (numbers)  ==================================================================|             forward
 *   new (UUIDs)                                 |=================================================
 *   old            ==================================================================|             back
 *   new                                         |=================================================
 */
import { phasesUpTo, PHASES, type PhaseName } from '../trial/phases';
import { type ConversionTrial } from '../trial/conversion-trial';
import { clientsWrote } from '../trial/clients-wrote';

/** Old clients are there already. Ends with the clients that are right after this phase. */
export async function forward(trial: ConversionTrial, to: PhaseName): Promise<void> {
  for (const phase of phasesUpTo(to)) {
    if (phase === 'RemoveNumericIds') await trial.endOld();
    await trial.run(phase);
    if (phase === 'UpdateReferences') await trial.beginNew();
    await clientsWrote(trial);
  }
}

/** From after this phase to before the first one; old clients are there in the end. */
export async function backward(trial: ConversionTrial, from: PhaseName): Promise<void> {
  const hasPassed = (phase: PhaseName) => PHASES.indexOf(phase) <= PHASES.indexOf(from);
  if (hasPassed('RemoveNumericIds')) {
    await trial.back('RemoveNumericIds');
    await trial.beginOld();
    await clientsWrote(trial);
  }
  if (hasPassed('SwitchPrimaryKeys')) {
    await trial.back('SwitchPrimaryKeys');
    await clientsWrote(trial);
  }
  if (hasPassed('UpdateReferences')) await trial.endNew();
  await trial.back('AddUuidColumns');
  await clientsWrote(trial);
}
