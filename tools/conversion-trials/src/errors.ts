/** Stable names of what can go wrong here; programs match on these, never on a message. */
export type ConversionTrialsErrorCode = 'COMMAND_FAILED' | 'WRONG_PHASES' | 'KILL_MISSED' | 'CANNOT_RECORD';

export class ConversionTrialsError extends Error {
  override readonly name = 'ConversionTrialsError';

  constructor(
    readonly code: ConversionTrialsErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
