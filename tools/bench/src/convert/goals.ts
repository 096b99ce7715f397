/** Pure: what our conversion promises, and whether it kept it. */
import { judgeGoals, type Goal, type JudgedGoal } from '../results/goals';
import { medianOf } from '../results/medians';
import type { ConvertCaseName } from './cases';
import type { ContenderName } from './contenders/contender';
import { indexesOverFloor } from './compare-sizes';
import type { ConvertCaseResult } from './results';
import type { ConvertSample } from './sample';

type ConvertGoal = Omit<Goal<ConvertCaseName, ContenderName, ConvertSample>, 'case'>;

const GOALS: readonly ConvertGoal[] = [
  {
    title: 'rows/s with clients, 2 workers / floor',
    measure: 'rowsPerSecond',
    of: 'ours',
    to: 'floor',
    atLeast: 0.45,
  },
  {
    title: 'rows/s with clients, 2 workers / naive',
    measure: 'rowsPerSecond',
    of: 'ours',
    to: 'naive',
    atLeast: 2,
  },
  {
    title: 'rows/s with clients, 2 workers / plain script',
    ...{ measure: 'rowsPerSecond', of: 'ours', to: 'plain-script', atLeast: 2 },
  },
  { title: 'errors that clients saw, 2 workers', measure: 'errors', of: 'ours', atMost: 0 },
  { title: 'errors that clients saw, 1 worker', measure: 'errors', of: 'ours-one-worker', atMost: 0 },
  { title: 'longest stall beyond lock attempts, ms', measure: 'beyondLocksMs', of: 'ours', atMost: 50 },
  { title: 'p99 of clients, 2 workers, ms', measure: 'p99Ms', of: 'ours', atMost: 10 },
  { title: 'p99 of clients, 1 worker, ms', measure: 'p99Ms', of: 'ours-one-worker', atMost: 5 },
  { title: 'WAL without clients, bytes a row', measure: 'walBytesPerRow', of: 'ours-offline', atMost: 550 },
  { title: 'table that grew most, after / before', measure: 'tableGrowth', of: 'ours', atMost: 1.35 },
  {
    title: 'index of unchanged columns that grew most, after / before',
    measure: 'indexGrowth',
    of: 'ours',
    atMost: 1.15,
  },
];

/** How much more a row may cost in the largest case than in the smallest, and the other way round. */
const FLAT = 1.25;
const INDEX_OVER_FLOOR = 1.15;

/** The goals of the cases that were measured. */
export function judgeConvertGoals(cases: readonly ConvertCaseResult[]): JudgedGoal[] {
  const goals = GOALS.map((goal) => ({ ...goal, case: 'contest' as const }));
  return [...judgeGoals(goals, cases), ...judgeIndexes(cases), ...judgeFlatness(cases)];
}

/** An index of UUIDs cannot be as small as one of numbers was; but it can be as small as a new one. */
function judgeIndexes(cases: readonly ConvertCaseResult[]): JudgedGoal[] {
  const contest = cases.find(({ name }) => name === 'contest');
  const ratios = contest ? indexesOverFloor(contest.details, 'ours') : [];
  if (ratios.length === 0) return [];
  return [
    atMost('index of converted columns that is largest, ours / floor', Math.max(...ratios), INDEX_OVER_FLOOR),
  ];
}

function judgeFlatness(cases: readonly ConvertCaseResult[]): JudgedGoal[] {
  const costs = cases
    .filter(({ name }) => name !== 'contest')
    .flatMap((result) => microsecondsPerRow(result) ?? []);
  if (costs.length < 2) return [];
  return [
    atMost('cost of a row: dearest case / cheapest case', Math.max(...costs) / Math.min(...costs), FLAT),
  ];
}

/** Of ours, without clients. */
export function microsecondsPerRow(result: ConvertCaseResult): number | undefined {
  const rowsPerSecond = medianOf(result, 'ours-offline', 'rowsPerSecond');
  return rowsPerSecond === undefined ? undefined : 1_000_000 / rowsPerSecond;
}

function atMost(title: string, measured: number, limit: number): JudgedGoal {
  return { title, limit: `at most ${limit}`, measured, met: measured <= limit };
}
