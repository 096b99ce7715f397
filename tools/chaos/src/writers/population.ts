/**
 * What writers know to exist, and who works on it. Whoever changes something takes it first, so that no two requests about
 * one row are in flight together; after a request that nobody answered it is given up, and only the checks look at it again.
 */
import type { RandomSource } from '@hockey-hub/seeded-random';

/** So that one row has several events on their way at once, whose order can be lost. */
const LIKES_THE_LAST = 0.5;

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
    const item = this.peek(random, isFit, LIKES_THE_LAST);
    if (item) this.free.delete(item.id);
    return item;
  }

  /** That very one, unless somebody works on it. */
  takeById(id: string): Item | undefined {
    const item = this.free.get(id);
    this.free.delete(id);
    return item;
  }

  /**
   * To refer to it, not to change it.
   * @param likesTheLast how likely it is the one that was added last
   */
  peek(
    random: RandomSource,
    isFit: (item: Item) => boolean = () => true,
    likesTheLast = 0,
  ): Item | undefined {
    const fit = [...this.free.values()].filter(isFit);
    if (fit.length === 0) return undefined;
    return random.happens(likesTheLast) ? fit.at(-1) : random.pick(fit);
  }
}
