/** `nx run bench:generate`: options in, measurements out. */
import type { ExecutorContext } from '@nx/devkit';
import { benchGenerate } from '../../generate/bench-generate';
import { GENERATE_CASES, type GenerateCaseName } from '../../generate/cases';
import { generateSections } from '../../generate/results';
import { reportBench } from '../report-bench';

export interface GenerateBenchOptions {
  readonly rounds: number;
  readonly cases: readonly GenerateCaseName[];
}

export default function generate(
  { rounds, cases }: GenerateBenchOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const measure = () => benchGenerate({ workspaceRoot: root, rounds, cases, onProgress: console.log });
  const bench = {
    target: 'generate',
    cases: Object.keys(GENERATE_CASES),
    measure,
    sectionsOf: generateSections,
  };
  return reportBench(bench, root);
}
