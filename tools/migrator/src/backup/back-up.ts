/** What every verb that backs up does: one backup, and then the oldest ones go. */
import { removeOldBackups } from './retention';
import { takeBackup, type BackupRequest, type BackupWay } from './take-backup';
import type { StoredBackup } from './backup-store';

export interface BackedUp {
  readonly backup: StoredBackup;
  /** Ids of older backups that went. */
  readonly removed: readonly string[];
  /** Why older ones could not be removed; that spoils neither them nor the new one. */
  readonly warning?: string;
}

/**
 * @param keep how many of the service's backups stay
 * @throws MigratorError BACKUP_FAILED, BACKUP_IMPOSSIBLE
 */
export async function backUp(
  request: BackupRequest,
  way: BackupWay,
  keep = request.settings.keep,
): Promise<BackedUp> {
  const { service, url, settings } = request;
  const backup = await takeBackup(request, way);
  try {
    return { backup, removed: await removeOldBackups(settings.folder, url, service, keep) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      backup,
      removed: [],
      warning: `${service}: removing old backups failed, so they stay: ${reason}`,
    };
  }
}
