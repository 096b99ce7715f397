import { RandomSource } from './random-source';

const drawn = (seed: number) => {
  const random = new RandomSource(seed);
  return [
    random.integer(0, 1_000_000),
    random.shuffled([1, 2, 3, 4, 5, 6]),
    random.fork().integer(0, 1_000_000),
  ];
};

test('draws the same from the same seed, and other things from another', () => {
  expect(drawn(4_294_967_295)).toEqual(drawn(4_294_967_295));
  expect(drawn(7)).not.toEqual(drawn(8));
});

test('draws from a recorded seed what it drew when that was recorded', () => {
  expect(drawn(7)).toEqual([481493, [2, 5, 3, 4, 6, 1], 137077]);
});

test('picks as often as the weights say', () => {
  const random = new RandomSource(1);
  const counts = { often: 0, seldom: 0, never: 0 };
  for (let draw = 0; draw < 4_000; draw++) counts[random.pickWeighted({ often: 3, seldom: 1, never: 0 })]++;
  expect(counts.never).toBe(0);
  expect(counts.often / counts.seldom).toBeGreaterThan(2.5);
  expect(counts.often / counts.seldom).toBeLessThan(3.5);
});

test('shuffles without losing anything', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const shuffled = new RandomSource(3).shuffled(items);
  expect(shuffled).not.toEqual(items);
  expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
});

test('waits as long as asked on average, and never four times as long', () => {
  const random = new RandomSource(5);
  const waits = Array.from({ length: 5_000 }, () => random.waitingMs(1_000));
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  expect(mean).toBeGreaterThan(900);
  expect(mean).toBeLessThan(1_100);
  expect(Math.max(...waits)).toBeLessThanOrEqual(4_000);
});

test('refuses to pick from nothing, or says that there was nothing without drawing', () => {
  const random = new RandomSource(1);
  expect(() => random.pick([])).toThrow('nothing to pick from');
  expect(random.pickIfAny([])).toBeUndefined();
  expect(random.pickIfAny(['one', 'two'])).toBe(new RandomSource(1).pick(['one', 'two']));
});
