/** What every bench's executor does with its results: on the terminal and, when they are whole, in the results folder. */
import { renderTables, type Section } from '@hockey-hub/recorded-runs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { BenchError } from '../errors';
import type { BenchResults } from '../results/model';
import { writeResults } from '../results/write-results';

export interface Bench<Results extends BenchResults<{ readonly name: string }>> {
  /** Of the project bench; the files of its results have its name. */
  readonly target: string;
  /** All that there are: only a run of all of them is written. */
  readonly cases: readonly string[];
  /** Whether the runs were made shorter than they should be: such results are not written either. */
  readonly isShortened?: boolean;
  measure(): Promise<Results>;
  sectionsOf(results: Results): Section[];
  /** Written beside the results, by their files' names; looked at when the measuring is over. */
  readonly pictures?: Readonly<Record<string, string>>;
}

/** A missed goal is a result, not a failure: only a measurement that could not be made fails. */
export async function reportBench<Results extends BenchResults<{ readonly name: string }>>(
  { target, cases, isShortened = false, measure, sectionsOf, pictures = {} }: Bench<Results>,
  workspaceRoot: string,
): Promise<{ success: boolean }> {
  try {
    const results = await measure();
    const sections = sectionsOf(results);
    console.log(`\n${renderTables(sections)}`);
    const isWhole = cases.every((name) => results.cases.some((measured) => measured.name === name));
    if (isWhole && !isShortened) {
      const folder = join(workspaceRoot, 'tools/bench/results');
      const paths = await writeResults(target, results, sections, folder);
      for (const [name, svg] of Object.entries(pictures)) {
        await writeFile(join(folder, name), svg);
        paths.push(join(folder, name));
      }
      console.log(`Written: ${paths.map((path) => relative(workspaceRoot, path)).join(', ')}`);
    } else console.log('Not written: the results folder takes only whole runs of all cases.');
    return { success: true };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    console.error(error.message);
    return { success: false };
  }
}
