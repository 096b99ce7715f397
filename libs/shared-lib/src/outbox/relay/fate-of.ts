import type { InboxState, InboxStateAnswer } from '../inbox/inbox-state';

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
  { sequence, publishes, ageMs }: UnconfirmedEvent,
  { upTo, isWaiting, lastWaiting }: InboxState,
  backlog: InboxStateAnswer['backlog'],
): 'done' | 'underway' | 'lost' {
  if (upTo >= sequence) return 'done';
  if (isWaiting) return 'underway';
  // A later one is there, and the stream delivers in order.
  if (lastWaiting > sequence) return 'lost';
  if (backlog === 0) return 'lost';
  return ageMs > PATIENCE_WITH_A_BACKLOG_MS * 2 ** publishes ? 'lost' : 'underway';
}
