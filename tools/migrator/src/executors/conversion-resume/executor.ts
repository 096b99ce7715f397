/** `conversion-resume`: fills that were paused go on, with other numbers of workers and other batches where that is asked for. */
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import { steerConversions, type SteeringOptions } from '../steer-conversions';
import type { Invocation, VerbResult } from '../verb';

export interface ResumeOptions extends SteeringOptions {
  readonly workers?: number;
  readonly batchMs?: number;
}

export function conversionResumeVerb(invocation: Invocation<ResumeOptions>): Promise<VerbResult> {
  const { workers, batchMs } = invocation.options;
  return steerConversions(invocation, 'resumed', { isPaused: false, workers, targetBatchMs: batchMs });
}

export default nxExecutor(conversionResumeVerb);
export const batch = nxBatch(conversionResumeVerb);
