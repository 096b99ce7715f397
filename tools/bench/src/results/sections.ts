/** Pure: results -> titled tables of text, for a terminal and for Markdown alike. */
import { CASES } from '../cases';
import { CONTENDER_TITLES, type ContenderName } from '../contenders/contender';
import { judgeGoals } from './goals';
import { medianOf, ratioOf } from './medians';
import type { CaseResult, MigratorResults } from './model';

export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

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
  const goals = goalSection(results);
  return [...results.cases.map(caseSection), ...(goals.rows.length > 0 ? [goals] : [])];
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
        milliseconds(medianOf(result, name, 'wallMs')),
        `${milliseconds(Math.min(...wallMs))} to ${milliseconds(Math.max(...wallMs))}`,
        ratio(ratioOf(result, 'wallMs', 'typeorm', name)),
        ratio(ratioOf(result, 'wallMs', name, 'floor')),
        milliseconds(medianOf(result, name, 'applyingMs')),
        milliseconds(serverMs(result, name)),
      ];
    }),
  };
}

function goalSection(results: MigratorResults): Section {
  return {
    title: 'Goals',
    head: ['ratio of medians', 'goal', 'measured', 'met'],
    rows: judgeGoals(results).map((goal) => [
      goal.title,
      goal.limit,
      ratio(goal.ratio),
      goal.met ? 'yes' : 'NO',
    ]),
  };
}

/** A contender that never talks to the server has no time there to show. */
function serverMs(result: CaseResult, name: ContenderName): number | undefined {
  return name === 'nx-noop' ? undefined : medianOf(result, name, 'serverMs');
}

function milliseconds(value: number | undefined): string {
  if (value === undefined) return '';
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
}

function ratio(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(2);
}
