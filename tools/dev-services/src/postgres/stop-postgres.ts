import { realpath } from 'node:fs/promises';
import { defaultDataRoot } from '../config';
import { folderFailure } from '../system/folder-failure';
import { findHome } from './home';
import { locateBinaries } from './locate-binaries';
import { postgresMajors, type PostgresMajor, type PostgresOptions } from './model';
import { pathExists } from '../system/path-exists';
import { readyBinaries } from './ready-binaries';
import { stopServer } from './server-process';
import { readState, writeState } from './state-file';
import { withLock } from '../system/with-lock';

/**
 * Stops the development server of one major version, or of every version when none is named, and keeps its
 * data. Resolves with the versions that were running.
 * @throws DevServicesError CANNOT_STOP, LOCK_TIMEOUT, DATA_FOLDER_NOT_WRITABLE
 */
export async function stopPostgres(options: PostgresOptions = {}): Promise<PostgresMajor[]> {
  const { dataRoot = defaultDataRoot, onMessage = () => undefined } = options;
  if (!(await pathExists(dataRoot))) return [];
  const root = await realpath(dataRoot);
  const wanted = options.major ? [options.major] : postgresMajors;
  return withLock(root, async () => {
    const stopped: PostgresMajor[] = [];
    for (const major of wanted) {
      if (!(await stopOne(root, major))) continue;
      stopped.push(major);
      onMessage(`Stopped Postgres ${major}`);
    }
    return stopped;
  }).catch((error: unknown) => {
    throw folderFailure(root, error);
  });
}

async function stopOne(dataRoot: string, major: PostgresMajor): Promise<boolean> {
  const state = readState(dataRoot, major);
  const home = await findHome(dataRoot, major, state?.home);
  if (!home) return false;
  // First, so that nobody who looks from now on takes a server that is going down.
  if (state) await writeState(dataRoot, { ...state, process: null });
  return stopServer(home, await readyBinaries(locateBinaries(major), dataRoot, home.user), 'fast');
}
