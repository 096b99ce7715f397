/** Stable names of what can become of a request to another service. */
export type RequestErrorCode = 'NO_ANSWER' | 'REQUEST_FAILED';

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
