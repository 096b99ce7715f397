/** Old backups go: the newest N of a database stay, and whatever is being restored. */
import { isInUse } from './backup-lease';
import { describeUrl } from '../pg/connection-url';
import { backupsOf, removeBackup } from './backup-store';
import { dropClone } from './clone-backup';

/** @param keep at least 1: the newest always stays @returns the ids of what went */
export async function removeOldBackups(
  folder: string,
  url: string,
  service: string,
  keep: number,
): Promise<string[]> {
  const old = (await backupsOf(folder, service, describeUrl(url, service))).slice(Math.max(1, keep));
  const removed: string[] = [];
  for (const backup of old) {
    const { id, kind } = backup.manifest;
    if (await isInUse(backup)) continue;
    // The clone first: should we be killed between the two, the backup is still listed and goes next time.
    if (kind === 'template') await dropClone(url, service, id);
    await removeBackup({ folder, service, id });
    removed.push(id);
  }
  return removed;
}
