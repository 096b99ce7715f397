/** `migrate`: options in, the plan applied (or shown), the report printed. */
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { RunOptions } from '../run';
import { runVerb } from '../run-verb';
import type { Invocation, VerbResult } from '../verb';
import { migrate } from './migrate';
import { printSql } from './print-sql';
import { recordRollbacks } from './record-steps';
import { upRequest, type UpOptions } from './up-request';

export interface MigrateOptions extends Omit<RunOptions, 'parallel'>, UpOptions {
  readonly sql: boolean;
  readonly parallel?: number;
  readonly json: boolean;
}

export async function migrateVerb(invocation: Invocation<MigrateOptions>): Promise<VerbResult> {
  const { config, options } = invocation;
  const { parallel = config.parallel } = options;
  const request = { ...options, ...upRequest(invocation.services, options), parallel };
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

export default nxExecutor(migrateVerb);
export const batch = nxBatch(migrateVerb);
