import { median, quantile, rotated } from './statistics';

describe('median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing is not a number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('rotated', () => {
  it('lets every contender be first, and last, once in as many rounds as there are contenders', () => {
    const rounds = [0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''));
    expect(rounds).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it('of nothing is nothing', () => {
    expect(rotated([], 3)).toEqual([]);
  });
});

describe('quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('within which %d of a hundred values stay is %d', (share, expected) => {
    expect(quantile(hundred, share)).toBe(expected);
  });

  it('is a value that there is, and not one between two', () => {
    expect(quantile([10, 20], 0.5)).toBe(10);
    expect(quantile([10, 20], 0.51)).toBe(20);
  });

  it('of nothing is not a number', () => {
    expect(quantile([], 0.99)).toBeNaN();
  });
});
