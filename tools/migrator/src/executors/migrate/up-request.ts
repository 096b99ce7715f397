/** The options that say what `migrate` does -> what to plan for; `migration-rehearse` has the same. */
import { MigratorError } from '../../errors';
import type { Gate } from '../../model';
import type { UpRequest } from '../../plan/plan-up';

export interface UpOptions {
  readonly to?: string;
  readonly allow?: readonly Gate[];
  readonly only?: readonly string[];
}

/** @throws MigratorError BAD_OPTION */
export function upRequest(services: readonly string[], { to, allow = [], only = [] }: UpOptions): UpRequest {
  refuseUnknownGates(allow);
  return { services: only.length > 0 ? only : services, alone: only.length > 0, to, allow };
}

/** Nx checks values against the schema, the command line does not. */
function refuseUnknownGates(allow: readonly string[]): void {
  const unknown = allow.filter((gate) => gate !== 'switch' && gate !== 'contract');
  if (unknown.length === 0) return;
  throw new MigratorError('BAD_OPTION', `--allow ${unknown.join(' ')}: the gates are switch and contract.`);
}
