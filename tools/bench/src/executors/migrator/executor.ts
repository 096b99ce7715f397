/** `nx run bench:migrator`: options in, measurements out. */
import type { ExecutorContext } from '@nx/devkit';
import { benchMigrator } from '../../bench-migrator';
import { CASES, type CaseName } from '../../cases';
import { sectionsOf } from '../../results/sections';
import { reportBench } from '../report-bench';

export interface MigratorBenchOptions {
  readonly rounds: number;
  readonly cases: readonly CaseName[];
}

export default function migrator(
  { rounds, cases }: MigratorBenchOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const measure = () => benchMigrator({ workspaceRoot: root, rounds, cases, onProgress: console.log });
  return reportBench({ target: 'migrator', cases: Object.keys(CASES), measure, sectionsOf }, root);
}
