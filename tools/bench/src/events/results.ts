/** Pure: the results of bench:events -> titled tables of text; and its goals. */
import { millisecondsText, ratioText, type Section } from '@hockey-hub/recorded-runs';
import { judgeGoals, type Goal } from '../results/goals';
import { medianOf, ratioOf, type Measure } from '../results/medians';
import type { BenchResults, ContenderResult } from '../results/model';
import { goalSections } from '../results/goal-sections';
import { EVENTS_CASES, type EventsCaseName } from './cases';
import { CONTENDER_TITLES, type ContenderName } from './contenders/contender';
import type { EventsSample } from './sample';

export interface EventsCaseResult {
  readonly name: EventsCaseName;
  readonly contenders: readonly ContenderResult<ContenderName, EventsSample>[];
}

export type EventsResults = BenchResults<EventsCaseResult>;

type EventsGoal = Goal<EventsCaseName, ContenderName, EventsSample>;

const GOALS: readonly EventsGoal[] = [
  ...(['writers-1', 'writers-4', 'writers-16'] as const).map((name): EventsGoal => ({
    case: name,
    title: `${EVENTS_CASES[name].title}: events/s of ours / of the floor`,
    ...{ measure: 'eventsPerSecond', of: 'ours', to: 'floor', atLeast: 0.5 },
  })),
  {
    case: 'steady-1000',
    title: '1,000 events/s: p99 of ours, ms',
    ...{ measure: 'p99Ms', of: 'ours', atMost: 100 },
  },
];

const HEAD = ['contender', 'events/s', 'slowest to fastest', 'this / floor', 'p50', 'p99', 'longest'];

export function eventsSections({ cases }: EventsResults): Section[] {
  return [...cases.map(caseSection), ...goalSections(judgeGoals(GOALS, cases), 'of medians')];
}

function caseSection(result: EventsCaseResult): Section {
  return {
    title: EVENTS_CASES[result.name].title,
    head: HEAD,
    rows: result.contenders.map(({ name, samples }) => {
      const rates = samples.map(({ eventsPerSecond }) => eventsPerSecond);
      const milliseconds = (measure: Measure<EventsSample>): string =>
        millisecondsText(medianOf(result, name, measure));
      return [
        CONTENDER_TITLES[name],
        rateText(medianOf(result, name, 'eventsPerSecond') ?? Number.NaN),
        `${rateText(Math.min(...rates))} to ${rateText(Math.max(...rates))}`,
        ratioText(ratioOf(result, 'eventsPerSecond', name, 'floor')),
        ...[milliseconds('p50Ms'), milliseconds('p99Ms'), milliseconds('maxMs')],
      ];
    }),
  };
}

function rateText(eventsPerSecond: number): string {
  return String(Math.round(eventsPerSecond));
}
