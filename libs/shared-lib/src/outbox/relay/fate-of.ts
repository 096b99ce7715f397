import type { InboxStateAnswer } from '../inbox/inbox-state';

export interface UnconfirmedEvent {
  readonly aggregateId: string;
  readonly sequence: number;
  /** How often it was published. */
  readonly publishes: number;
  /** Since it was written. */
  readonly ageMs: number;
}

/** Doubled with every publishing: a listener that is hours behind is not sent the same again every minute. */
const PATIENCE_WITH_A_BACKLOG_MS = 60_000;

/** What became of an event, by what its listener answers: it is done, it is still to be processed, or it never came. */
export function fateOf(
  { aggregateId, sequence, publishes, ageMs }: UnconfirmedEvent,
  { upTo, pending, backlog }: InboxStateAnswer,
): 'done' | 'underway' | 'lost' {
  const isOfThis = ([id]: readonly [string, number]): boolean => id === aggregateId;
  if ((upTo.find(isOfThis)?.[1] ?? 0) >= sequence) return 'done';
  const waiting = pending.filter(isOfThis).map(([, waits]) => waits);
  if (waiting.includes(sequence)) return 'underway';
  // A later one is there, and the stream delivers in order.
  if (waiting.some((waits) => waits > sequence)) return 'lost';
  if (backlog === 0) return 'lost';
  return ageMs > PATIENCE_WITH_A_BACKLOG_MS * 2 ** publishes ? 'lost' : 'underway';
}
