/** `migration-revert`: options in, the newest migrations taken back (or the plan shown), the report printed. */
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { RunOptions } from '../run';
import { runVerb } from '../run-verb';
import type { Invocation, VerbResult } from '../verb';
import { revert } from './revert';

export interface RevertOptions extends Omit<RunOptions, 'parallel' | 'failFast'> {
  readonly steps: number;
  readonly to?: string;
  readonly withDependents: boolean;
  readonly json: boolean;
}

export async function revertVerb(invocation: Invocation<RevertOptions>): Promise<VerbResult> {
  const { config, services, options } = invocation;
  // Taking back is done one at a time, and no further once something goes wrong.
  const request = { ...options, services, parallel: 1, failFast: true };
  return runVerb(invocation, 'down', (onEvent) => revert(config, request, onEvent));
}

export default nxExecutor(revertVerb);
export const batch = nxBatch(revertVerb);
