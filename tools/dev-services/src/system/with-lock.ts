import { join } from 'node:path';
import { DevServicesError, systemErrorCode } from '../errors';
import { folderFailure } from './folder-failure';

/** A holder renews its lock every second; one that has not for this long is dead. */
const staleAfterMs = 5_000;
const waitMs = 300_000;
const retryMs = 50;

/**
 * Runs `work` while no other process runs work under the same directory's lock.
 *
 * The lock saves work, it does not guard the data: whoever loses it (a laptop that slept) meets Postgres's own
 * guards, which is why every step under it can be repeated.
 * @throws DevServicesError LOCK_TIMEOUT after five minutes, DATA_FOLDER_NOT_WRITABLE.
 */
export async function withLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const { lock } = await import('proper-lockfile');
  let lost = false;
  const release = await lock(directory, {
    lockfilePath: join(directory, 'dev-services.lock'),
    stale: staleAfterMs,
    update: 1_000,
    retries: { retries: waitMs / retryMs, factor: 1, minTimeout: retryMs / 2, maxTimeout: retryMs },
    onCompromised: () => (lost = true),
  }).catch((error: unknown) => {
    throw lockFailure(directory, error);
  });
  try {
    return await work();
  } finally {
    if (!lost) await release();
  }
}

function lockFailure(directory: string, error: unknown): unknown {
  if (systemErrorCode(error) === 'ELOCKED') {
    const message = `another command has held ${directory}/dev-services.lock for ${waitMs / 60_000} minutes; end it, then try again`;
    return new DevServicesError('LOCK_TIMEOUT', message, { cause: error });
  }
  return folderFailure(directory, error);
}
