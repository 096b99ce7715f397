/** Whether a restored database holds what its backup says. */
import { MigratorError } from '../errors';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { markVerified } from './backup-store';
import { beginSnapshot, countRows, readTableFacts, tableDifferences } from './table-facts';
import { withRestored, type RestoreRequest } from './restore-backup';
import type { StoredBackup } from './backup-store';

/** How closely to look: at the number of rows, or at the rows. */
export type Thoroughness = 'counts' | 'checksums';

/**
 * Restores it to a scratch database, compares counts and checksums, and writes down that it did.
 * @throws MigratorError BACKUP_DAMAGED, RESTORE_FAILED
 */
export async function verifyBackup(request: Omit<RestoreRequest, 'owners'>): Promise<void> {
  await withRestored({ ...request, owners: 'ours' }, (url) => expectWhole(request.backup, url, 'checksums'));
  await markVerified(request.backup);
}

/**
 * @param url of the database that it was restored to
 * @throws MigratorError BACKUP_DAMAGED
 */
export async function expectWhole(backup: StoredBackup, url: string, look: Thoroughness): Promise<void> {
  const { service, id, tables } = backup.manifest;
  const found = await withConnection(url, service, async (client) => {
    await beginSnapshot(queryOf(client));
    return look === 'checksums' ? readTableFacts(queryOf(client)) : countRows(queryOf(client));
  });
  const differences = tableDifferences(tables, found);
  if (differences.length === 0) return;
  throw new MigratorError(
    'BACKUP_DAMAGED',
    `${service}: the backup ${id} does not give back what was backed up:\n  ${differences.join('\n  ')}\n` +
      'Do not rely on it: take a new one, and restore an older one if you need one now.',
  );
}
