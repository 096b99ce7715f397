/**
 * What writers know to exist, and who works on it. Whoever changes something takes it first, so that no two requests about
 * one row are in flight together; after a request that nobody answered it is given up, and only the checks look at it again.
 */
import type { RandomSource } from '../random/random-source';

export interface Member {
  readonly id: string;
}

export class Population<Item extends Member> {
  private readonly free = new Map<string, Item>();

  get size(): number {
    return this.free.size;
  }

  add(item: Item): void {
    this.free.set(item.id, item);
  }

  /** Nobody else gets it until it is added again. */
  take(random: RandomSource, isFit: (item: Item) => boolean = () => true): Item | undefined {
    const item = this.peek(random, isFit);
    if (item) this.free.delete(item.id);
    return item;
  }

  /** To refer to it, not to change it. */
  peek(random: RandomSource, isFit: (item: Item) => boolean = () => true): Item | undefined {
    const fit = [...this.free.values()].filter(isFit);
    return fit.length === 0 ? undefined : random.pick(fit);
  }
}
