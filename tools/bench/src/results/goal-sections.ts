/** Pure: judged goals as a titled table of text. */
import { ratioText, type Section } from '@hockey-hub/recorded-runs';
import type { JudgedGoal } from './goals';

/**
 * None without goals.
 * @param what is limited, as the head of a column
 */
export function goalSections(goals: readonly JudgedGoal[], what = 'ratio of medians'): Section[] {
  if (goals.length === 0) return [];
  return [
    {
      title: 'Goals',
      head: [what, 'goal', 'measured', 'met'],
      rows: goals.map((goal) => [goal.title, goal.limit, ratioText(goal.measured), goal.met ? 'yes' : 'NO']),
    },
  ];
}
