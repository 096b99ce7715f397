import { chmod, copyFile, link, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../errors';

/**
 * Copies a directory so that everybody can read it, whatever the modes of the original and our umask. Files
 * that everybody can read already are hard-linked, which costs neither time nor disk, where both sides are on
 * one file system.
 */
export async function copyTree(source: string, target: string): Promise<void> {
  await mkdir(target);
  await chmod(target, 0o755);
  const entries = await readdir(source, { withFileTypes: true });
  for (const entry of entries) {
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    if (entry.isDirectory()) await copyTree(from, to);
    else if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
    else await linkOrCopy(from, to);
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  const { mode } = await stat(from);
  const wanted = (mode & 0o100) !== 0 ? 0o755 : 0o644;
  if ((mode & wanted) === wanted && (await tryLink(from, to))) return;
  await copyFile(from, to);
  await chmod(to, wanted);
}

/** False where the file system or the kernel's hard-link protection refuses. */
async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP'].includes(systemErrorCode(error) ?? ''))
      return false;
    throw error;
  }
}
