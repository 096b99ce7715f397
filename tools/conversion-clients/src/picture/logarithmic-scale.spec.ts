import { logarithmicScale } from './logarithmic-scale';

it('goes from the tick below the least to the tick above the most', () => {
  const { ticks, position } = logarithmicScale(0.7, 300);
  expect(ticks).toEqual([0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500]);
  expect([position(0.5), position(500)]).toEqual([0, 1]);
  expect(position(Math.sqrt(0.5 * 500))).toBeCloseTo(0.5);
});

it('draws what lies outside on its edge', () => {
  const { position } = logarithmicScale(1, 10);
  expect([position(0.01), position(1_000), position(0)]).toEqual([0, 1, 0]);
});

it('has two ticks even for one value', () => {
  expect(logarithmicScale(10, 10).ticks).toEqual([10, 20]);
});
