import { readFile, readlink, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { systemErrorCode } from '../errors';

/**
 * Makes the links between versioned libraries that npm packages cannot contain. The package's install script
 * does the same, but `npm ci --ignore-scripts` is what careful people run.
 *
 * Resolves with false when a link is missing and the directory is not ours to write in.
 */
export async function linkLibraries(directory: string): Promise<boolean> {
  const text = await readFile(join(directory, 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return '[]'; // Windows has none.
  });
  const links = JSON.parse(text) as { source: string; target: string }[];
  const made = await Promise.all(
    links.map(({ source, target }) => {
      // The paths in the file are those of the package; its native folder is `directory`.
      const link = join(dirname(directory), target);
      return makeLink(relative(dirname(target), source), link);
    }),
  );
  return made.every(Boolean);
}

async function makeLink(target: string, link: string): Promise<boolean> {
  try {
    await symlink(target, link);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST') return true;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return isLink(link);
    throw error;
  }
  return true;
}

async function isLink(path: string): Promise<boolean> {
  try {
    await readlink(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'EINVAL', 'EACCES'].includes(systemErrorCode(error) ?? '')) return false;
    throw error;
  }
}
