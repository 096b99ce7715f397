import { unsafeUniformIntDistribution, xoroshiro128plus, type RandomGenerator } from 'pure-rand';

/** Numbers that look random and are the same whenever the seed is the same. */
export class RandomSource {
  private readonly generator: RandomGenerator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed | 0);
  }

  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number {
    return unsafeUniformIntDistribution(from, to, this.generator);
  }

  /** Undefined when there is nothing to pick from. */
  pick<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : items[this.integer(0, items.length - 1)];
  }

  /** Picks an item with a chance in proportion to its weight. */
  pickWeighted<T extends { readonly weight: number }>(items: readonly [T, ...T[]]): T {
    let left = this.integer(
      1,
      items.reduce((sum, { weight }) => sum + weight, 0),
    );
    return items.find(({ weight }) => (left -= weight) <= 0) ?? items[0];
  }
}
