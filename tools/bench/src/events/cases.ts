/** Under which loads events are carried. */
import type { Load } from './load/load';

export interface EventsCase {
  readonly title: string;
  readonly load: Load;
  /** How long the load lasts that counts. What is on its way then is waited for, and counts too. */
  readonly seconds: number;
  /** How long the same load lasts before that, in the same processes: code becomes fast, connections are opened. */
  readonly warmUpSeconds: number;
}

export type EventsCaseName = 'writers-1' | 'writers-4' | 'writers-16' | 'steady-1000';

export const EVENTS_CASES: Readonly<Record<EventsCaseName, EventsCase>> = {
  'writers-1': asFastAsItGoes(1),
  'writers-4': asFastAsItGoes(4),
  'writers-16': asFastAsItGoes(16),
  'steady-1000': {
    title: '1,000 events/s, whatever they wait for',
    load: { kind: 'steady', perSecond: 1_000 },
    seconds: 30,
    warmUpSeconds: 5,
  },
};

function asFastAsItGoes(writers: number): EventsCase {
  return {
    title: `As fast as it goes, ${writers === 1 ? '1 writer' : `${writers} writers`}`,
    load: { kind: 'closed', writers },
    seconds: 6,
    warmUpSeconds: 3,
  };
}
