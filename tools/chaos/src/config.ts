/** The one place that reads the environment, and where the workspace is. */
import { join, resolve } from 'node:path';

export const WORKSPACE_ROOT = resolve(__dirname, '../../..');

/** Where the recorded runs are. */
export const RESULTS_FOLDER = join(WORKSPACE_ROOT, 'tools/chaos/results');

/** Where a run keeps its ledger and its logs; what a run that kept its promises leaves there is removed. */
export function runFolder(seed: number): string {
  return join(WORKSPACE_ROOT, 'tmp/chaos', String(seed));
}

/** The seed of the run in CI; undefined for a new one each time. */
export function seedOfCi(): string | undefined {
  return process.env['CHAOS_SEED']?.trim() || undefined;
}
