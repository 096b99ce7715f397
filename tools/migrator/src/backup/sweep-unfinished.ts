/** Removes what migrators that were killed while they took a backup have left: folders here, clones on the server. */
import { escapeIdentifier } from 'pg';
import { SQLSTATE, sqlstateOf } from '../pg/sqlstate';
import type { Query } from '../pg/query';
import { idOfUnfinishedClone, timeOfId } from './backup-id';
import { removeBackup, unfinishedBackups, unfinishedManifest } from './backup-store';
import { dropClone, onServer } from './clone-backup';

/** Long after the last sign of life; as for scratch databases. */
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;

export async function sweepUnfinished(folder: string, url: string, service: string): Promise<void> {
  const before = Date.now() - ABANDONED_AFTER_MS;
  for (const place of await unfinishedBackups(folder, service, before)) {
    // It may have been killed between giving its clone the final name and showing the backup.
    if ((await unfinishedManifest(place))?.clone) await dropClone(url, service, place.id);
    await removeBackup(place);
  }
}

/** Clones whose folder may have gone with the container that it was in. */
export async function sweepClones(url: string, service: string): Promise<void> {
  await onServer(url, service, async (query) => {
    const before = Date.now() - ABANDONED_AFTER_MS;
    for (const name of await unfinishedClones(query)) {
      const madeAt = timeOfId(idOfUnfinishedClone(name) ?? '');
      if (madeAt !== undefined && madeAt < before) await dropUnlessUsed(query, name);
    }
  });
}

/** Those of our own role that nobody is connected to. */
async function unfinishedClones(query: Query): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `SELECT datname AS name FROM pg_database d
     WHERE starts_with(datname, 'migrator_backup_') AND pg_has_role(d.datdba, 'USAGE')
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
  );
  return rows.map(({ name }) => name);
}

async function dropUnlessUsed(query: Query, name: string): Promise<void> {
  try {
    await query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`);
  } catch (error) {
    if (sqlstateOf(error) !== SQLSTATE.objectInUse) throw error;
  }
}
