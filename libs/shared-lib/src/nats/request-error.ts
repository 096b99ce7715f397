/** Stable names of what can become of a request to another service. */
export type RequestErrorCode =
  /** None of its processes is there to answer it. */
  | 'NOBODY_ANSWERS'
  /** Somebody took it, or the connection is away, and time is over. */
  | 'NO_ANSWER'
  /** It cannot be sent: too large for a message, or we are shutting down. */
  | 'REQUEST_NOT_SENT'
  /** What came back is no answer of a RequestServer. */
  | 'ANSWER_UNREADABLE'
  /** Who took it says that it failed. */
  | 'REQUEST_FAILED';

export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly code: RequestErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
