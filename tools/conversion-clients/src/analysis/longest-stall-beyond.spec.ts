import { longestStallBeyond } from './longest-stall-beyond';
import { logOf } from './specimen-log';

const period = (fromMs: number, toMs: number) => ({ fromMs, toMs });

it('is the longest request where nobody took a lock', () => {
  expect(longestStallBeyond(logOf({ at: 0, took: 3 }, { at: 10, took: 40 }), [])).toBe(40);
});

it('leaves out what a request waited while somebody held a lock', () => {
  const log = logOf({ at: 100, took: 60 }, { at: 500, took: 25 });
  expect(longestStallBeyond(log, [period(90, 150)])).toBe(25);
  expect(longestStallBeyond(log, [period(110, 120), period(140, 300)])).toBe(30);
});

it('counts locks that were held at the same time once', () => {
  expect(
    longestStallBeyond(logOf({ at: 0, took: 100 }), [period(20, 60), period(0, 40), period(30, 35)]),
  ).toBe(40);
});

it('is nothing without requests', () => {
  expect(longestStallBeyond(logOf(), [period(0, 1)])).toBe(0);
});
