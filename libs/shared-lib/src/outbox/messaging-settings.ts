/** The times and counts of sending and receiving. Times are milliseconds. */
export interface MessagingSettings {
  /** How often a handler is tried before its event is a dead letter. */
  readonly maxAttempts: number;
  /** Before the second attempt; doubled for each one after that. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** How long an event may miss the one before it until the listener asks the owner for the state. */
  readonly gapPatienceMs: number;
  /** How long a published event may be unconfirmed until the owner asks the listener what became of it. */
  readonly receiptPatienceMs: number;
}

/** Ten attempts within eight and a half minutes. */
export const DEFAULT_MESSAGING_SETTINGS: MessagingSettings = Object.freeze({
  maxAttempts: 10,
  firstRetryMs: 1_000,
  longestRetryMs: 300_000,
  gapPatienceMs: 10_000,
  receiptPatienceMs: 10_000,
});
