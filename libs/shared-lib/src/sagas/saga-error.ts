/** Stable names of what can be wrong with what somebody asks of sagas. */
export type SagaErrorCode =
  | 'SAGA_NOT_FOUND'
  /** It is finished or compensated: nothing is left to retry or to cancel. */
  | 'SAGA_OVER'
  /** It did what cannot be taken back, and can only go forward. */
  | 'SAGA_PAST_PIVOT'
  | 'SAGA_INPUT_INVALID'
  | 'SAGA_ID_INVALID'
  /** The id is that of another saga, or of the same with another input. */
  | 'SAGA_ID_REUSED'
  /** The application does not have this saga. */
  | 'SAGA_UNKNOWN'
  /** Another application in this process runs sagas: DBOS is one per process. */
  | 'SAGAS_ALREADY_RUN';

export class SagaError extends Error {
  override readonly name = 'SagaError';

  constructor(
    readonly code: SagaErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
