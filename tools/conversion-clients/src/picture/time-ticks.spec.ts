import { timeTicks } from './time-ticks';

it.each([
  [5_500, [0, 1_000, 2_000, 3_000, 4_000, 5_000]],
  [61_000, [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]],
  [0, [0]],
])('of %d ms', (durationMs, ticks) => {
  expect(timeTicks(durationMs)).toEqual(ticks);
});

it('are never more than thirteen', () => {
  for (const seconds of [13, 100, 999, 7_200, 100_000]) {
    expect(timeTicks(seconds * 1_000).length).toBeLessThanOrEqual(13);
  }
});
