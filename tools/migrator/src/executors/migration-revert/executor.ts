/** `migration-revert`: options in, the newest migrations taken back (or the plan shown), the report printed. */
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import { runVerb, type RunVerbOptions } from '../run-verb';
import type { Invocation, VerbResult } from '../verb';
import { revert } from './revert';

export interface RevertOptions extends RunVerbOptions {
  readonly steps: number;
  readonly to?: string;
  readonly withDependents: boolean;
}

export async function revertVerb(invocation: Invocation<RevertOptions>): Promise<VerbResult> {
  const { config, services, options } = invocation;
  // Taking back is done one at a time, and no further once something goes wrong.
  const request = { ...options, services, parallel: 1, failFast: true };
  return runVerb(invocation, 'down', (onEvent) => revert(config, request, onEvent));
}

export default nxExecutor(revertVerb);
export const batch = nxBatch(revertVerb);
