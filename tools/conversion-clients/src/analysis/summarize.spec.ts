import { logOf } from './specimen-log';
import { summarize } from './summarize';

const hundred = Array.from({ length: 100 }, (_, index) => ({ at: index, took: 100 - index }));

it('tells what half, 99 of a hundred and all stay within', () => {
  expect(summarize(logOf(...hundred))).toEqual({
    ...{ requests: 100, p50Ms: 50, p99Ms: 99, longestMs: 100, errors: 0, errorsByCode: {} },
  });
});

it('counts requests by the moment at which they should have begun', () => {
  const { requests, longestMs } = summarize(logOf(...hundred), { period: { fromMs: 10, toMs: 20 } });
  expect([requests, longestMs]).toEqual([10, 90]);
});

it('counts errors by their code, and their latency as any other', () => {
  const log = logOf(
    { at: 1, took: 5, code: '42883' },
    { at: 2, took: 1 },
    { at: 3, took: 9, code: 'ECONNRESET' },
  );
  expect(summarize(log)).toMatchObject({
    longestMs: 9,
    errors: 2,
    errorsByCode: { '42883': 1, ECONNRESET: 1 },
  });
});

it('tells groups of clients apart', () => {
  const log = logOf({ at: 1, took: 5 }, { at: 1, took: 50, group: 'new' });
  expect(summarize(log, { group: 'old' }).longestMs).toBe(5);
  expect(summarize(log, { group: 'new' }).longestMs).toBe(50);
});

it('has no latencies without requests', () => {
  expect(summarize(logOf())).toEqual({
    ...{ requests: 0, p50Ms: undefined, p99Ms: undefined, longestMs: undefined, errors: 0, errorsByCode: {} },
  });
});
