/** What asks for events, and how fast. The same loads drive every contender. */

export type Load =
  /** So many writers, each beginning its next write when the one before is done: what a contender can do at most. */
  | { readonly kind: 'closed'; readonly writers: number }
  /** So many writes begun in every second, whatever became of those before: how long one takes at this rate. */
  | { readonly kind: 'steady'; readonly perSecond: number };

/** One write, committed when the promise resolves. `sentAtUs`: when it was, or should have been, begun. */
export type Write = (sentAtUs: number) => Promise<void>;

export interface Written {
  readonly events: number;
  /** When the first write began, by the machine's clock (`nowUs`). */
  readonly startedAtUs: number;
}
