/** `migration-revert`: the newest applied migrations of the requested services -> taken back. */
import type { MigratorConfig } from '../../config';
import type { RunEvent } from '../../model';
import { planDown, type DownRequest } from '../../plan/plan-down';
import { readState, selectApplied } from '../../read/read-state';
import { run, type Planner, type RunOptions, type RunOutcome } from '../run';

export async function revert(
  config: MigratorConfig,
  request: DownRequest & RunOptions,
  onEvent: (event: RunEvent) => void,
): Promise<RunOutcome> {
  const planner: Planner = async (ledgerOf) => {
    // Any service may have a migration that depends on what is reverted here, so all of them are read.
    const everyone = config.services.map(({ name }) => name);
    const { state, errors } = await readState(config, everyone, selectApplied, ledgerOf);
    return { plan: planDown(state, request), state, errors };
  };
  return run(config, planner, request, onEvent);
}
