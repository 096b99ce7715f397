/**
 * A home is the directory of one server: it belongs to the user the server runs as, is closed to everybody
 * else, and holds everything that must outlive the process:
 *
 *   data/        the cluster; appears whole, by a rename, once initdb has finished
 *   password     written before the cluster is made, so there is no cluster whose password is unknown
 *   server.log   of the current run; server.log.1 of the one before
 *
 * This file decides where the home of the development server is. It neither fills nor starts anything.
 */
import { chown, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DevServicesError } from '../errors';
import { canEnter } from './can-enter';
import type { PostgresMajor } from './model';
import type { ServerUser } from '../system/user';
import { pathExists } from '../system/path-exists';
import { chooseServerUser, ownerToRunAs } from './server-user';
import { sharedDirectory } from './shared-directory';

export interface Home {
  readonly directory: string;
  /** Undefined: ourselves. */
  readonly user: ServerUser | undefined;
  readonly dataDirectory: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

export function homeAt(directory: string, user: ServerUser | undefined): Home {
  return {
    directory,
    user,
    dataDirectory: join(directory, 'data'),
    passwordFile: join(directory, 'password'),
    logFile: join(directory, 'server.log'),
  };
}

/**
 * The home that exists (`recorded` first), else a new one: in `dataRoot` when the server's user can enter that,
 * else in the shared directory outside the workspace.
 * @throws DevServicesError DATA_FOLDER_NOT_REACHABLE when the home exists but its user can no longer enter it:
 * starting an empty server elsewhere would look like lost data.
 */
export async function findOrMakeHome(
  dataRoot: string,
  major: PostgresMajor,
  recorded?: string,
): Promise<Home> {
  const found = await findHome(dataRoot, major, recorded);
  if (found) return reachable(found);
  const name = `postgres-${major}`;
  const user = await chooseServerUser();
  if (await canEnter(dataRoot, user)) return makeHome(join(dataRoot, name), user);
  const outside = join(await sharedDirectory(dataRoot, user), name);
  return (await pathExists(outside))
    ? reachable(homeAt(outside, await ownerToRunAs(outside)))
    : makeHome(outside, user);
}

/** The home that exists, or undefined. Creates nothing. */
export async function findHome(
  dataRoot: string,
  major: PostgresMajor,
  recorded?: string,
): Promise<Home | undefined> {
  for (const directory of [recorded, join(dataRoot, `postgres-${major}`)]) {
    if (directory && (await pathExists(directory))) return homeAt(directory, await ownerToRunAs(directory));
  }
  return undefined;
}

/** Takes its name only once it has its owner: from then on the owner says who the server runs as. */
async function makeHome(directory: string, user: ServerUser | undefined): Promise<Home> {
  const unfinished = `${directory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (user) await chown(unfinished, user.uid, user.gid);
  await rename(unfinished, directory);
  return homeAt(directory, user);
}

/** Begins a new log, which the server's user creates, and keeps the previous one. */
export async function rotateLog(home: Home): Promise<void> {
  if (await pathExists(home.logFile)) await rename(home.logFile, `${home.logFile}.1`);
}

async function reachable(home: Home): Promise<Home> {
  const { directory, user } = home;
  if (await canEnter(directory, user)) return home;
  throw new DevServicesError(
    'DATA_FOLDER_NOT_REACHABLE',
    `user ${user?.uid ?? process.getuid?.()}, who runs the development server, cannot enter ${directory}; let it enter every folder on the way (chmod o+x ${dirname(dirname(directory))}), or remove ${directory} to start with an empty server`,
  );
}
