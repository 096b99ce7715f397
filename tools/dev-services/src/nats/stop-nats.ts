import { realpath } from 'node:fs/promises';
import { defaultDataRoot } from '../config';
import { folderFailure } from '../system/folder-failure';
import { pathExists } from '../system/path-exists';
import { withLock } from '../system/with-lock';
import { developmentNatsHome } from './home';
import type { NatsOptions } from './model';
import { stopNatsServer } from './server-process';

/**
 * Stops the development server and keeps its streams. Resolves with whether it was running.
 * @throws DevServicesError CANNOT_STOP, LOCK_TIMEOUT, DATA_FOLDER_NOT_WRITABLE
 */
export async function stopNats(options: NatsOptions = {}): Promise<boolean> {
  const { dataRoot = defaultDataRoot, onMessage = () => undefined } = options;
  if (!(await pathExists(dataRoot))) return false;
  const root = await realpath(dataRoot);
  return withLock(root, async () => {
    const stopped = await stopNatsServer(developmentNatsHome(root));
    if (stopped) onMessage('Stopped NATS');
    return stopped;
  }).catch((error: unknown) => {
    throw folderFailure(root, error);
  });
}
