/** `nx run bench:events`: options in, measurements out. */
import type { ExecutorContext } from '@nx/devkit';
import { benchEvents } from '../../events/bench-events';
import { EVENTS_CASES, type EventsCaseName } from '../../events/cases';
import { eventsSections } from '../../events/results';
import { reportBench } from '../report-bench';

export interface EventsBenchOptions {
  readonly rounds: number;
  readonly cases: readonly EventsCaseName[];
  readonly seconds?: number;
}

export default function events(
  { rounds, cases, seconds }: EventsBenchOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const measure = () => benchEvents({ workspaceRoot: root, rounds, cases, seconds, onProgress: console.log });
  const bench = {
    target: 'events',
    cases: Object.keys(EVENTS_CASES),
    isShortened: seconds !== undefined,
    measure,
    sectionsOf: eventsSections,
  };
  return reportBench(bench, root);
}
