/** Pure: goals of a bench, and whether they were met. */
import { medianOf, ratioOf, type Measure, type MeasuredCase, type Numbers } from './medians';
import type { Sample } from './model';

/** A contender's median, or its ratio to another's, that has to stay on one side of a limit. */
export interface Goal<Case extends string, Name extends string, OneRun = Sample> {
  readonly case: Case;
  readonly title: string;
  readonly measure: Measure<OneRun>;
  readonly of: Name;
  /** Left out where the median itself is limited. */
  readonly to?: Name;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface JudgedGoal {
  readonly title: string;
  /** `at least 3`. */
  readonly limit: string;
  /** The ratio or the median. */
  readonly measured: number;
  readonly met: boolean;
}

/** The goals whose case was measured. */
export function judgeGoals<Case extends string, Name extends string, OneRun extends Numbers<OneRun>>(
  goals: readonly Goal<Case, Name, OneRun>[],
  cases: readonly (MeasuredCase<Name, OneRun> & { readonly name: Case })[],
): JudgedGoal[] {
  return goals.flatMap((goal) => {
    const { measure, of, to } = goal;
    const result = cases.find(({ name }) => name === goal.case);
    if (!result) return [];
    const measured = to === undefined ? medianOf(result, of, measure) : ratioOf(result, measure, of, to);
    return measured === undefined ? [] : [judge(goal, measured)];
  });
}

function judge(
  { title, atLeast, atMost }: Pick<Goal<string, string>, 'title' | 'atLeast' | 'atMost'>,
  measured: number,
): JudgedGoal {
  if (atLeast !== undefined) {
    return { title, limit: `at least ${atLeast}`, measured, met: measured >= atLeast };
  }
  return { title, limit: `at most ${atMost}`, measured, met: measured <= atMost! };
}
