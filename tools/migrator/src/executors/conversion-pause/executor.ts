/** `conversion-pause`: fills stop after the batch that they are at; whoever runs them waits, and loses nothing. */
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import { steerConversions, type SteeringOptions } from '../steer-conversions';
import type { Invocation, VerbResult } from '../verb';

export function conversionPauseVerb(invocation: Invocation<SteeringOptions>): Promise<VerbResult> {
  return steerConversions(invocation, 'paused', { isPaused: true });
}

export default nxExecutor(conversionPauseVerb);
export const batch = nxBatch(conversionPauseVerb);
