/** `nx run bench:convert`: options in, measurements and pictures out. */
import type { ExecutorContext } from '@nx/devkit';
import { benchConvert } from '../../convert/bench-convert';
import { CONVERT_CASES, type ConvertCaseName } from '../../convert/cases';
import { convertSections } from '../../convert/sections';
import type { ContenderName } from '../../convert/contenders/contender';
import { reportBench } from '../report-bench';

export interface ConvertBenchOptions {
  readonly rounds: number;
  readonly cases: readonly ConvertCaseName[];
  readonly contenders?: readonly ContenderName[];
  readonly users?: number;
  readonly perSecond: number;
}

/** How long the clients are alone before and after each conversion. */
const IDLE_SECONDS = 10;
const SETTLE_SECONDS = 5;

export default function convert(
  { rounds, cases, contenders, users, perSecond }: ConvertBenchOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const pictures: Record<string, string> = {};
  const measure = () =>
    benchConvert({
      ...{ workspaceRoot: root, rounds, cases, contenders, users },
      load: { perSecond, settleSeconds: SETTLE_SECONDS, idleSeconds: IDLE_SECONDS },
      onProgress: console.log,
      onPicture: (name, svg) => {
        pictures[`convert-${name}.svg`] = svg;
      },
    });
  const bench = {
    target: 'convert',
    cases: Object.keys(CONVERT_CASES),
    isShortened: users !== undefined || contenders !== undefined,
    measure,
    sectionsOf: convertSections,
    pictures,
  };
  return reportBench(bench, root);
}
