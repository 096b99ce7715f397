import type { ConvertResults } from './results';
import { convertSections } from './sections';

const sample = (seconds: number) => ({
  ...{ seconds, rowsPerSecond: 7_000_000 / seconds, walBytesPerRow: 268.4 },
  ...{ growth: 1.1, tableGrowth: 1.2, indexGrowth: 1 },
});
const clients = {
  requests: 900,
  errors: 3,
  p50Ms: 0.8,
  p99Ms: 8.25,
  idleP99Ms: 0.9,
  longestMs: 120,
  beyondLocksMs: 40,
};
const sizes = (bytes: number) => [{ name: 'user.users', kind: 'table' as const, bytes, types: '' }];

const results = {
  cases: [
    {
      ...{ name: 'contest', rows: 7_000_000 },
      contenders: [
        { name: 'floor', samples: [sample(20)] },
        { name: 'naive', samples: [{ ...sample(100), ...clients }] },
      ],
      details: [
        {
          ...{ contender: 'naive', errorsByCode: { '22P02': 3 }, phases: [{ name: 'user', seconds: 60 }] },
          ...{ before: sizes(2 ** 20), after: sizes(2 ** 21) },
        },
      ],
    },
  ],
} as unknown as ConvertResults;

it('shows who was how fast, what clients saw, and what became larger', () => {
  const [speed, seen, phases, errors, grown] = convertSections(results);
  expect(speed!.title).toBe('Everybody: 7,000,000 rows in two databases');
  expect(speed!.rows).toEqual([
    ['floor: offline, new tables', '20.0 s', '350000', '1.00', '268 B', '1.10', '1.20', '1.00'],
    ['naive TypeORM migration', '100.0 s', '70000', '0.20', '268 B', '1.10', '1.20', '1.00'],
  ]);
  expect(seen!.rows).toEqual([
    ['naive TypeORM migration', '900', '3', '0.8 ms', '8.3 ms', '0.9 ms', '120 ms', '40.0 ms'],
  ]);
  expect(phases!.rows).toEqual([['naive TypeORM migration', 'user', '60.00 s']]);
  expect(errors!.rows).toEqual([['naive TypeORM migration', '22P02', '3']]);
  expect(grown!.rows).toEqual([['user.users', '1.0 MiB', '2.00']]);
});
