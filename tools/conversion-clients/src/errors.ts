/** Stable names of what can go wrong here; programs match on these, never on a message. */
export type ConversionClientsErrorCode = 'CLIENTS_FAILED' | 'ROWS_DIFFER';

export class ConversionClientsError extends Error {
  override readonly name = 'ConversionClientsError';

  constructor(
    readonly code: ConversionClientsErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
