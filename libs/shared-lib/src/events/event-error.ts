/** Stable names of what can be wrong with an event; programs match on these, never on a message. */
export type EventErrorCode =
  /** No CloudEvent, or no JSON at all. */
  | 'EVENT_MALFORMED'
  /** Nobody declared an event of this name. */
  | 'EVENT_UNKNOWN'
  /** The name is declared, this version is not: it is newer than this service, or was taken out. */
  | 'EVENT_VERSION_UNKNOWN'
  /** The data are not what the contract says. */
  | 'EVENT_DATA_INVALID'
  /** A handler says that it contradicts what is here, and will however often it is tried. */
  | 'EVENT_REFUSED'
  | 'EVENT_TOO_LARGE';

/** An event that cannot be published or understood, however often it is tried. */
export class EventError extends Error {
  override readonly name = 'EventError';

  constructor(
    readonly code: EventErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
