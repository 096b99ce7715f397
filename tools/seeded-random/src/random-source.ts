import { unsafeUniformIntDistribution, xoroshiro128plus, type RandomGenerator } from 'pure-rand';

export const LARGEST_SEED = 2 ** 32 - 1;

/** Numbers that look random and are the same whenever the seed is the same. */
export class RandomSource {
  private readonly generator: RandomGenerator;

  /** @param seed from 0 to LARGEST_SEED */
  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed | 0);
  }

  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number {
    return unsafeUniformIntDistribution(from, to, this.generator);
  }

  /** Whether something of this probability, from 0 to 1, happens now. */
  happens(probability: number): boolean {
    return this.integer(1, 1_000_000) <= probability * 1_000_000;
  }

  /** A waiting time: short ones are likely, and none is longer than four times the mean. */
  waitingMs(meanMs: number): number {
    const waiting = -Math.log(this.integer(1, 1_000_000) / 1_000_000) * meanMs;
    return Math.round(Math.min(waiting, 4 * meanMs));
  }

  /** @throws RangeError when there is nothing to pick from */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('there is nothing to pick from');
    return items[this.integer(0, items.length - 1)]!;
  }

  /** Undefined, without a draw, when there is nothing to pick from. */
  pickIfAny<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : this.pick(items);
  }

  /** One of the names, each as often as its weight says. */
  pickWeighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[];
    const total = names.reduce((sum, name) => sum + weights[name], 0);
    let left = this.integer(1, Math.round(total * 1_000)) / 1_000;
    for (const name of names) {
      left -= weights[name];
      if (left <= 0) return name;
    }
    return names.at(-1)!;
  }

  shuffled<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
    }
    return shuffled;
  }

  /** A source of its own for something that may ask often, so that it does not disturb the others. */
  fork(): RandomSource {
    return new RandomSource(this.integer(0, 2 ** 31 - 1));
  }
}
