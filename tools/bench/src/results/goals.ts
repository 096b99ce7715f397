/** Pure: goals of a bench, and whether they were met. */
import { ratioOf, type Measure, type MeasuredCase } from './medians';

/** A ratio of two contenders' medians that has to stay on one side of a limit. */
export interface Goal<Case extends string, Name extends string> {
  readonly case: Case;
  readonly title: string;
  readonly measure: Measure;
  readonly of: Name;
  readonly to: Name;
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

/** The goals whose case was measured. */
export function judgeGoals<Case extends string, Name extends string>(
  goals: readonly Goal<Case, Name>[],
  cases: readonly (MeasuredCase<Name> & { readonly name: Case })[],
): JudgedGoal[] {
  return goals.flatMap((goal) => {
    const result = cases.find(({ name }) => name === goal.case);
    const ratio = result && ratioOf(result, goal.measure, goal.of, goal.to);
    return ratio === undefined ? [] : [judge(goal, ratio)];
  });
}

function judge({ title, atLeast, atMost }: Goal<string, string>, ratio: number): JudgedGoal {
  if (atLeast !== undefined) return { title, limit: `at least ${atLeast}`, ratio, met: ratio >= atLeast };
  return { title, limit: `at most ${atMost}`, ratio, met: ratio <= atMost! };
}
