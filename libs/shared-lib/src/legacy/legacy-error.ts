export type LegacyErrorCode =
  /** Rows that cannot become rows of the platform as they are, and nobody decided what to do about them. */
  | 'LEGACY_ROWS_UNDECIDED'
  /** A decision that is none: a kind, a choice or a detail that does not exist. */
  | 'LEGACY_DECISION_INVALID'
  /** The rows that came out are not those that went in. */
  | 'LEGACY_ROWS_LOST';

export class LegacyError extends Error {
  override readonly name = 'LegacyError';

  constructor(
    readonly code: LegacyErrorCode,
    message: string,
    options?: { readonly cause: unknown },
  ) {
    super(message, options);
  }

  /** For `migration-verify`: the migration is right to stop at such rows. */
  get refusesRows(): boolean {
    return this.code === 'LEGACY_ROWS_UNDECIDED';
  }
}
