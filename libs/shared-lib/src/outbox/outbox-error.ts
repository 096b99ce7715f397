/** Stable names of what can go wrong with sending and receiving; programs match on these, never on a message. */
export type OutboxErrorCode =
  /** An event was to be written outside of a transaction, where it could be without its rows, or they without it. */
  | 'OUTSIDE_TRANSACTION'
  /** An event of another service, which nobody here may write: its relay would never send it. */
  | 'FOREIGN_EVENT'
  /** Handlers and the declared subscriptions of a service do not agree. */
  | 'HANDLERS_DISAGREE'
  /** An owner sent a state that its contract does not allow. */
  | 'SNAPSHOT_INVALID'
  /** A listener asks for a state that no method of the owner gives. */
  | 'SNAPSHOT_MISSING'
  /** A request of another service that is none. */
  | 'REQUEST_INVALID'
  | 'DEAD_LETTER_NOT_FOUND'
  /** A dead letter that was to be replayed failed again. */
  | 'REPLAY_FAILED';

export class OutboxError extends Error {
  override readonly name = 'OutboxError';

  constructor(
    readonly code: OutboxErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
