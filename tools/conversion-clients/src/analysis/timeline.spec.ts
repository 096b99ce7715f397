import { logOf } from './specimen-log';
import { timelineOf } from './timeline';

it('is without gaps, whatever order the requests ended in', () => {
  const log = logOf({ at: 1_250, took: 3 }, { at: 1_299, took: 9, code: '42883' }, { at: 1_000, took: 700 });
  expect(timelineOf(log)).toEqual([
    { fromMs: 1_000, requests: 1, errors: 0, p50Ms: 700, p99Ms: 700, longestMs: 700 },
    { fromMs: 1_100, requests: 0, errors: 0, p50Ms: undefined, p99Ms: undefined, longestMs: undefined },
    { fromMs: 1_200, requests: 2, errors: 1, p50Ms: 3, p99Ms: 9, longestMs: 9 },
  ]);
});

it('is empty without requests', () => {
  expect(timelineOf(logOf())).toEqual([]);
});
