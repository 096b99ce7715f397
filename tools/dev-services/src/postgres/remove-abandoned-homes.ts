import { readFile, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemErrorCode } from '../errors';
import { homeAt } from './home';
import type { Binaries } from './locate-binaries';
import type { ServerUser } from '../system/user';
import { pathExists } from '../system/path-exists';
import { ownerToRunAs } from './server-user';
import { stopServer } from './server-process';
import { dataRootFile, isOurs, sharedParent, sharedPrefix } from './shared-directory';

/**
 * Stops and removes the development servers outside their workspace whose workspace has been deleted: a build
 * machine would collect one for every clone. A home inside its workspace goes with it, and its Postgres ends
 * by itself when its files are gone.
 */
export async function removeAbandonedHomes(binaries: Binaries, user: ServerUser | undefined): Promise<void> {
  const parent = await sharedParent(user);
  for (const name of await readdir(parent)) {
    const directory = join(parent, name);
    if (!name.startsWith(sharedPrefix()) || !(await isAbandoned(directory))) continue;
    for (const entry of await readdir(directory)) {
      const home = join(directory, entry);
      // Any version's pg_ctl can stop any version's server.
      if (entry.startsWith('postgres-'))
        await stopServer(homeAt(home, await ownerToRunAs(home)), binaries, 'fast');
    }
    await rm(directory, { recursive: true, force: true });
  }
}

async function isAbandoned(directory: string): Promise<boolean> {
  if (!(await isOurs(directory))) return false;
  const dataRoot = await readFile(dataRootFile(directory), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return ''; // Not written yet: it is being made right now.
  });
  return dataRoot !== '' && (await isGone(dirname(dataRoot)));
}

/** A workspace behind a folder that is closed to us now is not gone. */
async function isGone(workspace: string): Promise<boolean> {
  return !(await pathExists(workspace).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'EACCES') throw error;
    return true;
  }));
}
