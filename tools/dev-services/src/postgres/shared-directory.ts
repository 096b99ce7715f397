import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DevServicesError, systemErrorCode } from '../errors';
import type { ServerUser } from '../system/user';
import { canEnter } from './can-enter';

/**
 * The directory outside the workspace for what the server's user cannot reach inside it (a clone under /root,
 * or in a mkdtemp directory, is closed to everybody but its owner). Named from the workspace's path, so the
 * same workspace finds it again. Created when missing.
 * @throws DevServicesError TEMPORARY_FOLDER_NOT_SAFE, DATA_FOLDER_NOT_REACHABLE
 */
export async function sharedDirectory(dataRoot: string, user: ServerUser | undefined): Promise<string> {
  const name = createHash('sha256').update(dataRoot).digest('hex').slice(0, 12);
  const directory = join(await sharedParent(user), sharedPrefix() + name);
  await makeTraversable(directory);
  if (!(await isOurs(directory))) {
    throw new DevServicesError(
      'TEMPORARY_FOLDER_NOT_SAFE',
      `${directory} exists but is not a directory that only you can write to; look at who made it, then remove it`,
    );
  }
  await writeFile(dataRootFile(directory), dataRoot);
  return directory;
}

/** /var/tmp before /tmp: what is in it survives a restart of the machine. */
export function sharedParent(user: ServerUser | undefined): Promise<string> {
  return enterableTemporaryDirectory(['/var/tmp', tmpdir(), '/tmp'], user);
}

/** What the names of our shared directories begin with: every user has their own. */
export function sharedPrefix(): string {
  return `hockey-hub-${process.getuid?.() ?? 'user'}-`;
}

/** Says in a shared directory which data root it belongs to. */
export function dataRootFile(directory: string): string {
  return join(directory, 'data-root');
}

/** In a directory where everybody may write, somebody else may have taken our name to have us run their files. */
export async function isOurs(directory: string): Promise<boolean> {
  const found = await lstat(directory);
  return found.isDirectory() && found.uid === (process.getuid?.() ?? found.uid) && (found.mode & 0o022) === 0;
}

/** The real path of the first of the candidates that `user` can enter. */
export async function enterableTemporaryDirectory(
  candidates: readonly string[],
  user: ServerUser | undefined,
): Promise<string> {
  for (const candidate of candidates) {
    if (await canEnter(candidate, user)) return realpath(candidate);
  }
  throw new DevServicesError(
    'DATA_FOLDER_NOT_REACHABLE',
    `the user that runs Postgres can enter none of ${candidates.join(', ')}; give others the right to enter one of them, or set DATABASE_URL to a server of your own`,
  );
}

/** Creates a directory others can enter, whatever our umask; an existing one stays as it is. */
export async function makeTraversable(directory: string): Promise<void> {
  try {
    await mkdir(directory);
    await chmod(directory, 0o755);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
}
