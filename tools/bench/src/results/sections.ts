/** Pure: the results of bench:migrator -> titled tables of text. */
import { millisecondsText, ratioText, type Section } from '@hockey-hub/recorded-runs';
import { CASES } from '../cases';
import { CONTENDER_TITLES, type ContenderName } from '../contenders/contender';
import { MIGRATOR_GOALS } from '../migrator-goals';
import { judgeGoals } from './goals';
import { medianOf, ratioOf } from './medians';
import type { CaseResult, MigratorResults } from './model';
import { goalSections } from './goal-sections';

const CASE_HEAD = [
  'contender',
  'whole run',
  'fastest to slowest',
  'TypeORM CLI / this',
  'this / floor',
  'applying',
  'server busy',
];

/** One section for each case, then the goals of those cases that have some. */
export function sectionsOf(results: MigratorResults): Section[] {
  return [...results.cases.map(caseSection), ...goalSections(judgeGoals(MIGRATOR_GOALS, results.cases))];
}

function caseSection(result: CaseResult): Section {
  const { title } = CASES[result.name];
  return {
    title: `${title} (${result.services} services, ${result.migrations} migrations)`,
    head: CASE_HEAD,
    rows: result.contenders.map(({ name, samples }) => {
      const wallMs = samples.map((sample) => sample.wallMs);
      return [
        CONTENDER_TITLES[name],
        millisecondsText(medianOf(result, name, 'wallMs')),
        `${millisecondsText(Math.min(...wallMs))} to ${millisecondsText(Math.max(...wallMs))}`,
        ratioText(ratioOf(result, 'wallMs', 'typeorm', name)),
        ratioText(ratioOf(result, 'wallMs', name, 'floor')),
        millisecondsText(medianOf(result, name, 'applyingMs')),
        millisecondsText(serverMs(result, name)),
      ];
    }),
  };
}

/** A contender that never talks to the server has no time there to show. */
function serverMs(result: CaseResult, name: ContenderName): number | undefined {
  return name === 'nx-noop' ? undefined : medianOf(result, name, 'serverMs');
}
