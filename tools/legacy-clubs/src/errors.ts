export type LegacyClubsErrorCode =
  /** A number or a kind of dirt that cannot be. */
  | 'INVALID_OPTION'
  /** There is something in the database already. */
  | 'DATABASE_NOT_EMPTY'
  /** The database cannot be reached, or does not exist. */
  | 'CANNOT_CONNECT'
  /** A migration that comes first has not run there. */
  | 'NOT_PREPARED';

export class LegacyClubsError extends Error {
  override readonly name = 'LegacyClubsError';

  constructor(
    readonly code: LegacyClubsErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
