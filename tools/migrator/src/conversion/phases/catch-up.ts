import { fillWaitingRows } from './fill-waiting-rows';
import type { PhaseContext } from './phase-context';
import { receiveWantedPairs } from './receive-id-maps';

/**
 * What clients wrote a moment ago and what still has one half only: pairs come from the owner where no events bring them, and rows
 * that wait for a pair that is there are filled. For proofs, which ask again until nothing is missing.
 */
export const catchUp = (phase: PhaseContext) => async (): Promise<void> => {
  await receiveWantedPairs(phase);
  for (const { table } of phase.conversion.keys) await fillWaitingRows(phase.database, table);
};
