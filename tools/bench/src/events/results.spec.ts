import { eventsSections, type EventsCaseResult, type EventsResults } from './results';
import type { EventsSample } from './sample';

const sample = (eventsPerSecond: number, p99Ms: number): EventsSample => ({
  ...{ events: 1, seconds: 1, eventsPerSecond, p50Ms: 4, p99Ms, maxMs: 250 },
});
const results = (...cases: EventsCaseResult[]) => ({ cases }) as unknown as EventsResults;

it('compares with the floor by medians, and judges', () => {
  const sections = eventsSections(
    results(
      {
        name: 'writers-4',
        contenders: [
          { name: 'ours', samples: [sample(499, 30), sample(700, 10), sample(100, 90)] },
          { name: 'floor', samples: [sample(1_000, 8)] },
        ],
      },
      {
        name: 'steady-1000',
        contenders: [{ name: 'ours', samples: [sample(1_000, 99.5)] }],
      },
    ),
  );
  expect(sections.map(({ title, rows }) => [title, ...rows])).toEqual([
    [
      'As fast as it goes, 4 writers',
      [
        'ours: outbox, relay, JetStream, inbox, receipts',
        ...['499', '100 to 700', '0.50', '4.0 ms', '30.0 ms', '250 ms'],
      ],
      [
        'floor: insert and publish; consume, insert and acknowledge',
        ...['1000', '1000 to 1000', '1.00', '4.0 ms', '8.0 ms', '250 ms'],
      ],
    ],
    [
      '1,000 events/s, whatever they wait for',
      [
        'ours: outbox, relay, JetStream, inbox, receipts',
        ...['1000', '1000 to 1000', '', '4.0 ms', '99.5 ms', '250 ms'],
      ],
    ],
    [
      'Goals',
      ['As fast as it goes, 4 writers: events/s of ours / of the floor', 'at least 0.5', '0.50', 'NO'],
      ['1,000 events/s: p99 of ours, ms', 'at most 100', '99.50', 'yes'],
    ],
  ]);
});
