/** `migrate`: what is pending in the requested services and in all that they wait for -> applied. */
import type { MigratorConfig } from '../../config';
import type { RunEvent } from '../../model';
import { planUp, type UpRequest } from '../../plan/plan-up';
import { readState, selectPending } from '../../read/read-state';
import { scanOnce } from '../../source/scan-migrations';
import { run, type Planner, type RunOptions, type RunOutcome } from '../run';

export async function migrate(
  config: MigratorConfig,
  request: UpRequest & RunOptions,
  onEvent: (event: RunEvent) => void,
): Promise<RunOutcome> {
  return run(config, migratePlanner(config, request), request, onEvent);
}

/** Plans what `migrate` runs. */
export function migratePlanner(config: MigratorConfig, request: UpRequest): Planner {
  const scan = scanOnce(config.workspaceRoot);
  return async (ledgerOf) => {
    const { state, errors } = await readState(config, request.services, selectPending, { scan, ledgerOf });
    const planned = planUp(state, request);
    return { plan: planned.plan, state, errors: new Map([...errors, ...planned.errors]) };
  };
}
