/** Stable names of what makes a measurement worthless; programs match on these, never on a message. */
export type BenchErrorCode = 'CONTENDER_FAILED' | 'DIFFERENT_OUTCOME' | 'STILL_CONNECTED';

/** A measurement that could not be made. A goal that is missed is none: it is a result. */
export class BenchError extends Error {
  override readonly name = 'BenchError';

  constructor(
    readonly code: BenchErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
