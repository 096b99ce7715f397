import { randomBytes } from 'node:crypto';
import { chown, rename, rm, stat, writeFile } from 'node:fs/promises';
import { systemErrorCode } from '../errors';
import type { ServerUser } from './user';

/**
 * Replaces a file as a whole: a reader, or a kill -9 at any moment, finds the old content or the new one.
 * The file belongs to `owner`, else to whoever owned it before, else to us.
 */
export async function writeFileAtomically(path: string, content: string, mode: number, owner?: ServerUser) {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(temporary, content, { mode, flag: 'wx', flush: true });
    const target = owner ?? (await previousOwner(path));
    if (target) await chown(temporary, target.uid, target.gid);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Under sudo the developer's files stay the developer's. Only root can give a file away. */
async function previousOwner(path: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return stat(path).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return undefined;
  });
}
