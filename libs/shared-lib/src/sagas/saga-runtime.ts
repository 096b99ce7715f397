import type { SagaOrder, SagaProgress } from './saga-progress';

/**
 * What keeps a saga alive when its process dies: it runs from the start again, in another process perhaps, and everything that
 * it asked for here is answered as before, until it comes to what was not asked yet.
 */
export interface SagaRuntime {
  /** Does the work, at least once; what it gives is kept. Must not reject for anything that a retry could not mend. */
  once<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** What an operator wants, as soon as it is known; undefined when nobody wants anything for that long. 0 does not wait. */
  order(withinMs: number): Promise<SagaOrder | undefined>;
  report(progress: SagaProgress): Promise<void>;
}
