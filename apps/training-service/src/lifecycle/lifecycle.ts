import { IllegalTransitionError } from './illegal-transition-error';

/**
 * Which status may follow which. Owns that rule alone: who changes the row, and what else changes with it, is
 * each feature's service. A status is also reached from itself, so that a request can be repeated safely.
 */
export class Lifecycle<Status extends string> {
  /** @param subject what has the status, as errors call it: `workout session` */
  constructor(
    private readonly subject: string,
    private readonly following: Readonly<Record<Status, readonly Status[]>>,
  ) {}

  isFinal(status: Status): boolean {
    return this.following[status].length === 0;
  }

  /** The statuses that nothing follows. */
  get finals(): Status[] {
    return (Object.keys(this.following) as Status[]).filter((status) => this.isFinal(status));
  }

  /** The statuses that `status` may follow. */
  before(status: Status): Status[] {
    return (Object.keys(this.following) as Status[]).filter((from) => this.following[from].includes(status));
  }

  /** @throws IllegalTransitionError (409) when `to` may not follow `from`. */
  assertTransition(from: Status, to: Status): void {
    if (from === to || this.following[from].includes(to)) return;
    throw new IllegalTransitionError(this.subject, from, to, this.following[from]);
  }
}
