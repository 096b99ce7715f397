/** Stable names of what keeps a run from being made; programs match on these, never on a message. */
export type ChaosErrorCode =
  'INVALID_OPTION' | 'PREPARATION_FAILED' | 'PORT_LOST' | 'SERVICE_UNUSABLE' | 'INTERRUPTED';

/** A run that could not be made. A promise that was broken is none: it is a finding of the run. */
export class ChaosError extends Error {
  override readonly name = 'ChaosError';

  constructor(
    readonly code: ChaosErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What went wrong, in the words of whoever noticed; of several failures in one, each. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(wordsOf).join('; ');
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

/** The `code` of a Node system error such as ECONNREFUSED, also of one that another error was caused by. */
export function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? systemCodeOf(error.cause) : undefined;
}
