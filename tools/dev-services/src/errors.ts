/** Stable names of everything that can go wrong here; programs match on these, never on a message. */
export type DevServicesErrorCode =
  | 'PLATFORM_NOT_SUPPORTED'
  | 'BINARIES_NOT_INSTALLED'
  | 'BINARIES_DO_NOT_RUN'
  | 'NATS_NOT_INSTALLED'
  | 'NO_USER_TO_RUN_AS'
  | 'DATA_FOLDER_NOT_WRITABLE'
  | 'DATA_FOLDER_NOT_REACHABLE'
  | 'TEMPORARY_FOLDER_NOT_SAFE'
  | 'PASSWORD_LOST'
  | 'DISK_FULL'
  | 'CANNOT_INITIALISE'
  | 'CANNOT_START'
  | 'CANNOT_STOP'
  | 'LOCK_TIMEOUT'
  | 'INVALID_OPTION';

/** A failure of the development services. Its message ends with what the reader can do about it. */
export class DevServicesError extends Error {
  override readonly name = 'DevServicesError';

  constructor(
    readonly code: DevServicesErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The `code` of a Node system error such as ENOENT; undefined for everything else. Goes by shape, because
 * inside Jest the errors of Node's own modules are instances of another realm's Error.
 */
export function systemErrorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
