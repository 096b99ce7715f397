export interface FreshValueSettings {
  /** How long an answer is given again, in milliseconds. */
  readonly keptMs: number;
  /** How long anybody waits for one, in milliseconds. */
  readonly timeoutMs: number;
}

interface Reading<T> {
  readonly startedAt: number;
  readonly value: Promise<T>;
  isOver: boolean;
}

/**
 * A value that is expensive to read, for many who want to know it. It is read by one at a time, however many ask, and read
 * again when it is old; a failure is kept like an answer, so that what is in trouble is not asked more often than what is well.
 */
export class FreshValue<T> {
  private reading?: Reading<T>;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly settings: FreshValueSettings,
  ) {}

  /** Rejects as `read` does, and when the reading takes longer than `timeoutMs`. */
  async get(): Promise<T> {
    const { reading = this.begin() } = this;
    const isOld = reading.isOver && performance.now() - reading.startedAt >= this.settings.keptMs;
    return this.inTime(isOld ? this.begin() : reading);
  }

  private begin(): Reading<T> {
    const end = () => void (reading.isOver = true);
    const value = (async () => this.read())();
    const reading: Reading<T> = { startedAt: performance.now(), value, isOver: false };
    value.then(end, end);
    return (this.reading = reading);
  }

  private inTime({ startedAt, value }: Reading<T>): Promise<T> {
    const { timeoutMs } = this.settings;
    return new Promise<T>((resolve, reject) => {
      const tooLate = () => reject(new Error(`no answer within ${timeoutMs} ms`));
      const timer = setTimeout(tooLate, startedAt + timeoutMs - performance.now());
      value.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
