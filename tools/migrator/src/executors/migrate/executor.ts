/** `migrate`: options in, the plan applied (or shown), the report printed. */
import { MigratorError } from '../../errors';
import type { Gate } from '../../model';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { RunOptions } from '../run';
import { runVerb } from '../run-verb';
import type { Invocation, VerbResult } from '../verb';
import { migrate } from './migrate';
import { printSql } from './print-sql';
import { recordRollbacks } from './record-steps';

export interface MigrateOptions extends Omit<RunOptions, 'parallel'> {
  readonly to?: string;
  readonly allow?: readonly Gate[];
  readonly only?: readonly string[];
  readonly sql: boolean;
  readonly parallel?: number;
  readonly json: boolean;
}

export async function migrateVerb(invocation: Invocation<MigrateOptions>): Promise<VerbResult> {
  const { config, options } = invocation;
  const { only = [], allow = [], parallel = config.parallel } = options;
  refuseUnknownGates(allow);
  const services = only.length > 0 ? only : invocation.services;
  const request = { ...options, services, alone: only.length > 0, parallel };
  if (options.sql) return printSql(invocation, request);
  return runVerb(invocation, 'up', async (onEvent) => {
    const outcome = await migrate(config, request, onEvent);
    if (!options.dryRun) return outcome;
    return {
      ...outcome,
      rollbacks: await recordRollbacks(outcome, (service) => config.databaseUrl(service)),
    };
  });
}

/** Nx checks values against the schema, the command line does not. */
function refuseUnknownGates(allow: readonly string[]): void {
  const unknown = allow.filter((gate) => gate !== 'switch' && gate !== 'contract');
  if (unknown.length === 0) return;
  throw new MigratorError('BAD_OPTION', `--allow ${unknown.join(' ')}: the gates are switch and contract.`);
}

export default nxExecutor(migrateVerb);
export const batch = nxBatch(migrateVerb);
