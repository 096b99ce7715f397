/** Choices from a seed, the same on every machine: Mulberry32. */
export class Dice {
  constructor(private state: number) {}

  /** A whole number from 0 on. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }

  oneOf<T>(things: readonly T[]): T | undefined {
    return things[this.below(Math.max(1, things.length))];
  }
}
