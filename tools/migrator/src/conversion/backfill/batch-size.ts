/** How many blocks, or keys, the next batch takes: as many as the last ones say fit into the wanted duration. */
export interface BatchSizeOptions {
  readonly first: number;
  readonly least: number;
  readonly most: number;
}

/** One batch that was slow for a reason of its own (a checkpoint, a lock) must not make the next ones tiny, nor one fast one huge. */
const GROWS_AT_MOST = 1.5;
const SHRINKS_AT_MOST = 0.5;

export class BatchSize {
  private size: number;

  constructor(private readonly options: BatchSizeOptions) {
    this.size = Math.min(Math.max(options.first, options.least), options.most);
  }

  get current(): number {
    return Math.max(1, Math.round(this.size));
  }

  /** After a batch that took `tookMs`, when `targetMs` was wanted. */
  adapt(tookMs: number, targetMs: number): void {
    const factor = Math.min(GROWS_AT_MOST, Math.max(SHRINKS_AT_MOST, targetMs / Math.max(tookMs, 0.01)));
    this.size = Math.min(Math.max(this.size * factor, this.options.least), this.options.most);
  }
}
