/** Pure: titled tables of text, for a terminal and for Markdown alike, and how numbers stand in them. */
import type { JudgedGoal } from './goals';

export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

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

/** Empty where nothing was measured. */
export function millisecondsText(value: number | undefined): string {
  if (value === undefined) return '';
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** Empty where nothing was measured. */
export function ratioText(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(2);
}
