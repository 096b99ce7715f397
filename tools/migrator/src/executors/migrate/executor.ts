/** `migrate`: options in, the plan applied (or shown), the report printed. */
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { RunOptions } from '../run';
import { runVerb } from '../run-verb';
import type { Invocation, VerbResult } from '../verb';
import { migrate } from './migrate';
import { printSql } from './print-sql';

export interface MigrateOptions extends Omit<RunOptions, 'parallel'> {
  readonly to?: string;
  readonly sql: boolean;
  readonly parallel?: number;
  readonly json: boolean;
}

export async function migrateVerb(invocation: Invocation<MigrateOptions>): Promise<VerbResult> {
  const { config, services, options } = invocation;
  const request = { ...options, services, parallel: options.parallel ?? config.parallel };
  if (options.sql) return printSql(invocation, request);
  return runVerb(invocation, 'up', (onEvent) => migrate(config, request, onEvent));
}

export default nxExecutor(migrateVerb);
export const batch = nxBatch(migrateVerb);
