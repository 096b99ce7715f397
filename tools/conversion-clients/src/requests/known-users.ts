import type { RandomSource } from '@hockey-hub/seeded-random';

const MOST = 50_000;

/** Ids of users that a group of clients works with: a sample of what was there, and those that it made itself. */
export class KnownUsers {
  private readonly ids: string[] = [];
  private oldest = 0;

  /** Beyond so many, the one known longest is forgotten. */
  add(id: string): void {
    if (this.ids.length < MOST) {
      this.ids.push(id);
    } else {
      this.ids[this.oldest] = id;
      this.oldest = (this.oldest + 1) % MOST;
    }
  }

  /** Undefined when none is known. */
  pick(random: RandomSource): string | undefined {
    return random.pickIfAny(this.ids);
  }

  /** So many, or none at all when none is known. */
  pickSeveral(count: number, random: RandomSource): string[] {
    return Array.from({ length: count }, () => random.pickIfAny(this.ids)).filter((id) => id !== undefined);
  }
}
