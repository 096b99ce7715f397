/**
 * Any database -> a copy that is there as long as a piece of work needs it, on the server of the service. With pg_dump the
 * original can be anywhere; without, it must be on that very server, and nobody may be connected to it.
 */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../errors';
import { databaseName, describeUrl } from '../pg/connection-url';
import { withScratchDatabases } from '../scratch/scratch-database';
import { newBackupId } from './backup-id';
import { beginBackup, removeBackup } from './backup-store';
import { cloneWhenFree, onServer } from './clone-backup';
import { dumpDatabase } from './dump-backup';
import type { PgPrograms } from './pg-programs';
import { withRestored } from './restore-backup';
import { chooseWay, manifestOf, type BackupRequest, type BackupWay } from './take-backup';

/**
 * @param original its `url` is what is copied
 * @param target URL of any database of the server that gets the copy
 * @throws MigratorError BACKUP_IMPOSSIBLE, RESTORE_FAILED
 */
export async function withCopy<T>(
  original: BackupRequest,
  target: string,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const way = await chooseWay(original);
  if (way.programs) return withDumped(original, way, way.programs, target, work);
  const { service, url, onWait } = original;
  if (serverOf(url, service) !== serverOf(target, service)) throw elsewhere(service, way);
  return withScratchDatabases(target, service, 1, async (scratch) => {
    const name = databaseName(scratch, service);
    await onServer(scratch, service, async (query) => {
      await query(`DROP DATABASE ${escapeIdentifier(name)}`);
      await cloneWhenFree(query, name, { service, url, wayOut: way.wayOut, onWait });
    });
    return work(scratch);
  });
}

/** The dump has the place of a backup that is never finished: it is not listed, and swept should we be killed. */
async function withDumped<T>(
  original: BackupRequest,
  way: BackupWay,
  programs: PgPrograms,
  target: string,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const { service, settings } = original;
  const id = newBackupId();
  const place = { folder: settings.folder, service, id };
  const folder = await beginBackup(place);
  try {
    const content = await dumpDatabase({ ...original, programs }, folder);
    const backup = { folder, manifest: manifestOf(original, way, { id, content, durationMs: 0 }) };
    return await withRestored({ backup, url: target, settings, owners: 'ours' }, work);
  } finally {
    await removeBackup(place);
  }
}

function serverOf(url: string, service: string): string {
  return describeUrl(url, service).split('/')[0]!;
}

function elsewhere(service: string, { wayOut }: BackupWay): MigratorError {
  return new MigratorError(
    'BACKUP_IMPOSSIBLE',
    `${service}: a database of another server can be copied only with pg_dump. ${wayOut}`,
  );
}
