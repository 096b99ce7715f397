/** A disk of a few megabytes for a tablespace, where root may mount one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TinyDisk {
  readonly path: string;
  remove(): void;
}

/**
 * @param ownedLike the disk's folder gets this path's owner: the server's user
 * @returns undefined where this user or this system cannot mount one
 */
export function mountTinyDisk(ownedLike: string): TinyDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'hockey-hub-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path]);
  if (status !== 0) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  const { uid, gid } = statSync(ownedLike);
  chownSync(path, uid, gid);
  return {
    path,
    remove: () => {
      execFileSync('umount', [path]);
      rmSync(path, { recursive: true });
    },
  };
}
