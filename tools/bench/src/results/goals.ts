/** Pure: what the migrator promises to be, and whether it was. */
import type { CaseName } from '../cases';
import type { ContenderName } from '../contenders/contender';
import { ratioOf, type Measure } from './medians';
import type { MigratorResults } from './model';

/** A ratio of two contenders' medians that has to stay on one side of a limit. */
interface Goal {
  readonly case: CaseName;
  readonly title: string;
  readonly measure: Measure;
  readonly of: ContenderName;
  readonly to: ContenderName;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface JudgedGoal {
  readonly title: string;
  /** `at least 3`. */
  readonly limit: string;
  readonly ratio: number;
  readonly met: boolean;
}

const GOALS: readonly Goal[] = [
  {
    case: 'ten-services',
    title: 'ten services: TypeORM CLI / ours through Nx',
    measure: 'wallMs',
    of: 'typeorm',
    to: 'nx',
    atLeast: 3,
  },
  {
    case: 'ten-services',
    title: 'ten services: TypeORM CLI / our command line',
    measure: 'wallMs',
    of: 'typeorm',
    to: 'cli',
    atLeast: 5,
  },
  {
    case: 'ten-services',
    title: 'ten services: time in the database, ours / floor',
    measure: 'applyingMs',
    of: 'cli-in-sequence',
    to: 'floor',
    atMost: 1.3,
  },
  {
    case: 'nothing-pending',
    title: 'nothing pending: ours through Nx / `nx run` of an empty target',
    measure: 'wallMs',
    of: 'nx',
    to: 'nx-noop',
    atMost: 1.5,
  },
];

/** The goals whose case was measured. */
export function judgeGoals({ cases }: MigratorResults): JudgedGoal[] {
  return GOALS.flatMap((goal) => {
    const result = cases.find(({ name }) => name === goal.case);
    const ratio = result && ratioOf(result, goal.measure, goal.of, goal.to);
    return ratio === undefined ? [] : [judge(goal, ratio)];
  });
}

function judge({ title, atLeast, atMost }: Goal, ratio: number): JudgedGoal {
  if (atLeast !== undefined) return { title, limit: `at least ${atLeast}`, ratio, met: ratio >= atLeast };
  return { title, limit: `at most ${atMost}`, ratio, met: ratio <= atMost! };
}
