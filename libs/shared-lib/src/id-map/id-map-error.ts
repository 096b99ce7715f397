/** Stable names of what can go wrong with id maps; programs match on these, never on a message. */
export type IdMapErrorCode =
  /** There is no id map of that name in this database, or it is another service's. */
  | 'ID_MAP_NOT_FOUND'
  /** The id map is there, and has no such number or UUID. */
  | 'ID_NOT_MAPPED'
  /** An owner answered with pairs that are none. */
  | 'ID_MAP_ANSWER_INVALID';

export class IdMapError extends Error {
  override readonly name = 'IdMapError';

  constructor(
    readonly code: IdMapErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static notFound(map: string, owner: string): IdMapError {
    return new IdMapError(
      'ID_MAP_NOT_FOUND',
      `${owner} has no id map "${map}": its ids were never converted, or the conversion was reverted. The id maps that are ` +
        'there are listed in id_conversion.id_maps of its database.',
    );
  }
}
