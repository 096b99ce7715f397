import { nowUs } from './clock';

/** What became of the events since somebody asked last. */
export interface Effects {
  /** One for each event, in the order of their commits: from the moment its write began, or should have begun. */
  readonly latenciesUs: readonly number[];
  /** When the last of them was known to be committed, by the machine's clock (`nowUs`). */
  readonly lastAtUs: number;
}

/** Counts effects whose commit has been answered. */
export class EffectLog {
  private total = 0;
  private latenciesUs: number[] = [];
  private lastAtUs = 0;
  private waiting: { readonly total: number; readonly resolve: () => void }[] = [];

  /** To be called as soon as the commit is answered, and not before. */
  committed(sentAtUs: number): void {
    this.lastAtUs = nowUs();
    this.latenciesUs.push(this.lastAtUs - sentAtUs);
    this.total++;
    const reached = this.waiting.filter(({ total }) => total <= this.total);
    if (reached.length === 0) return;
    this.waiting = this.waiting.filter(({ total }) => total > this.total);
    for (const { resolve } of reached) resolve();
  }

  /** Waits until there were `total` effects since the process began; tells of those since the call before. */
  async until(total: number): Promise<Effects> {
    if (this.total < total) {
      await new Promise<void>((resolve) => this.waiting.push({ total, resolve }));
    }
    const effects = { latenciesUs: this.latenciesUs, lastAtUs: this.lastAtUs };
    this.latenciesUs = [];
    return effects;
  }
}
