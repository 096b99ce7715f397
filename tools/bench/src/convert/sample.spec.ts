import { RequestRecorder } from '@hockey-hub/conversion-clients/src/load/request-log';
import type { ObjectSize } from './databases/measure-sizes';
import { sampleOf, type SeenRun } from './sample';

const MIB = 2 ** 20;
const table = (name: string, mebibytes: number): ObjectSize => ({
  ...{ name, kind: 'table', bytes: mebibytes * MIB, types: '' },
});
const index = (name: string, mebibytes: number, types = 'integer'): ObjectSize => ({
  ...{ name, kind: 'index', bytes: mebibytes * MIB, types },
});

const run = (over: Partial<SeenRun> = {}): SeenRun => ({
  rows: 1_000,
  phases: [
    { fromMs: 10_000, toMs: 12_000 },
    { fromMs: 15_000, toMs: 17_000 },
  ],
  walBytes: 500_000,
  before: [table('users', 10), index('PK', 2), index('email', 4, 'text')],
  after: [table('users', 12), index('PK', 3, 'uuid'), index('email', 5, 'text')],
  alone: { fromMs: 8_000, toMs: 9_500 },
  lockAttempts: [],
  ...over,
});

it('counts the time of the phases, without what lies between them', () => {
  expect(sampleOf(run())).toEqual({
    ...{ seconds: 4, rowsPerSecond: 250, walBytesPerRow: 500 },
    ...{ growth: 20 / 16, tableGrowth: 1.2, indexGrowth: 1.25 },
  });
});

it('does not compare an index that holds something else now, nor the smallest ones', () => {
  const { indexGrowth } = sampleOf(run({ before: [index('PK', 2), index('small', 0.5, 'text')] }));
  expect(indexGrowth).toBe(1);
});

it('tells what clients saw in the phases, what they saw alone, and every error', () => {
  const recorder = new RequestRecorder();
  const request = { group: 'old', request: 'read a user' };
  recorder.record({ ...request, dueAtMs: 7_000, latencyMs: 900 });
  recorder.record({ ...request, dueAtMs: 9_000, latencyMs: 2 });
  recorder.record({ ...request, dueAtMs: 11_000, latencyMs: 40, error: { code: '42883', message: '' } });
  recorder.record({ ...request, dueAtMs: 13_000, latencyMs: 800, error: { code: '42883', message: '' } });
  recorder.record({ ...request, dueAtMs: 16_000, latencyMs: 5 });
  recorder.record({ ...request, dueAtMs: 18_000, latencyMs: 7 });
  const lockAttempts = [{ fromMs: 11_000, toMs: 11_035 }];
  expect(sampleOf(run({ log: recorder.toLog(), lockAttempts }))).toMatchObject({
    ...{ requests: 2, errors: 2, p50Ms: 5, p99Ms: 40, longestMs: 40, beyondLocksMs: 5, idleP99Ms: 2 },
  });
});

it('has no numbers of a contender that did nothing', () => {
  expect(() => sampleOf(run({ phases: [] }))).toThrow('a contender converts in one phase at least');
});
