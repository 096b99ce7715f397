import { DevServicesError, systemErrorCode } from '../errors';

/** Turns the system's refusal of one of our own reads and writes in `directory` into our error; keeps every other. */
export function folderFailure(directory: string, error: unknown): unknown {
  switch (systemErrorCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DevServicesError(
        'DATA_FOLDER_NOT_WRITABLE',
        `cannot use ${directory}: it, or something in it, belongs to another user or is read-only; run as that user, or change its owner, or set DATABASE_URL and NATS_URL to servers of your own`,
        { cause: error },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new DevServicesError(
        'DISK_FULL',
        `the disk of ${directory} is full; make room, then try again`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
