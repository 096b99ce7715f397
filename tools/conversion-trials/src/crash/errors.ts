/** Stable names of what ends a crash test; programs match on these, never on a message. */
export type CrashTestErrorCode = 'INVALID_OPTION' | 'MIGRATOR_FAILED' | 'INTERRUPTED';

export class CrashTestError extends Error {
  override readonly name = 'CrashTestError';

  constructor(
    readonly code: CrashTestErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
