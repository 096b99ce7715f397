/** `migration-revert`: the newest applied migrations of the requested services -> taken back. */
import type { MigratorConfig } from '../../config';
import { MigratorError } from '../../errors';
import type { ReportedError, RunEvent } from '../../model';
import { planDown, type DownRequest } from '../../plan/plan-down';
import { readState, selectApplied } from '../../read/read-state';
import { scanOnce } from '../../source/scan-migrations';
import { run, type Planner, type RunOptions, type RunOutcome } from '../run';

export async function revert(
  config: MigratorConfig,
  request: DownRequest & RunOptions,
  onEvent: (event: RunEvent) => void,
): Promise<RunOutcome> {
  const scan = scanOnce(config.workspaceRoot);
  const planner: Planner = async (ledgerOf) => {
    // Any service may have a migration that depends on what is reverted here, so all of them are read.
    const everyone = config.services.map(({ name }) => name);
    const { state, errors } = await readState(config, everyone, selectApplied, { scan, ledgerOf });
    refuseBlindness(errors);
    return { plan: planDown(state, request), state, errors };
  };
  return run(config, planner, request, onEvent);
}

/**
 * A service that could not be read, or was left out because it waits for one, may have applied what depends on the
 * migrations to revert. Only one without a ledger has certainly applied nothing.
 */
function refuseBlindness(errors: ReadonlyMap<string, ReportedError>): void {
  if ([...errors.values()].every(({ code }) => code === 'DATABASE_NOT_ADOPTED')) return;
  const reasons = [...new Set([...errors.values()].map(({ message }) => message))];
  throw new MigratorError(
    'PREREQUISITE_FAILED',
    'nothing was reverted: not every service could be read, so it is not known what depends on these migrations. ' +
      `Mend this first:\n${reasons.join('\n')}`,
  );
}
