/** `nx run bench:migrator`: options in, measurements on the terminal and, when they are whole, in the results folder. */
import { join, relative } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { benchMigrator } from '../../bench-migrator';
import { CASES, type CaseName } from '../../cases';
import { BenchError } from '../../errors';
import { renderTables } from '../../results/render-tables';
import { writeResults } from '../../results/write-results';

export interface MigratorBenchOptions {
  readonly rounds: number;
  readonly cases: readonly CaseName[];
}

/** A missed goal is a result, not a failure: only a measurement that could not be made fails. */
export default async function migrator(
  { rounds, cases }: MigratorBenchOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  try {
    const results = await benchMigrator({ workspaceRoot: root, rounds, cases, onProgress: console.log });
    console.log(`\n${renderTables(results)}`);
    const whole = Object.keys(CASES).every((name) =>
      results.cases.some((measured) => measured.name === name),
    );
    if (whole) {
      const paths = await writeResults(results, join(root, 'tools/bench/results'));
      console.log(`Written: ${paths.map((path) => relative(root, path)).join(', ')}`);
    } else console.log('Not written: the results folder takes only runs of all cases.');
    return { success: true };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    console.error(error.message);
    return { success: false };
  }
}
