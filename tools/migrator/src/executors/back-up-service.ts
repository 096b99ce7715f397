/** A service's database -> a backup, told as it happens: what `backup`, `migrate` and `migration-rehearse` have in common. */
import { backUp } from '../backup/back-up';
import type { StoredBackup } from '../backup/backup-store';
import type { BackupRequest, BackupWay } from '../backup/take-backup';
import type { MigratorConfig } from '../config';
import { readLedger } from '../ledger/ledger';
import type { BackupSummary, RunEvent } from '../model';
import { databaseName } from '../pg/connection-url';

export async function backupRequest(
  config: MigratorConfig,
  service: string,
  reason: BackupRequest['reason'],
  onEvent: (event: RunEvent) => void,
): Promise<BackupRequest> {
  return {
    service,
    url: await config.databaseUrl(service),
    settings: config.backups,
    reason,
    createdBy: config.appliedBy,
    readMigrations: async (query) => (await readLedger(service, query)).applied.map(({ name }) => name),
    onWait: (who) => onEvent({ type: 'backup-waiting', service, who }),
  };
}

/** @throws MigratorError BACKUP_FAILED, BACKUP_IMPOSSIBLE */
export async function backUpService(
  request: BackupRequest,
  way: BackupWay,
  onEvent: (event: RunEvent) => void,
  keep?: number,
): Promise<StoredBackup> {
  const { service, url } = request;
  onEvent({
    type: 'backup-started',
    service,
    database: databaseName(url, service),
    how: describeWay(way),
  });
  const { backup, warning } = await backUp(request, way, keep);
  onEvent({ type: 'backup-ended', service, backup: summaryOf(backup) });
  if (warning !== undefined) onEvent({ type: 'warning', service, message: warning });
  return backup;
}

/** `pg_dump 15.13`, or what is done without. */
export function describeWay({ programs }: BackupWay): string {
  return programs ? `pg_dump ${programs.version}` : 'a copy of the database on its server';
}

export function summaryOf({ manifest }: StoredBackup): BackupSummary {
  const { service, id, kind, bytes, durationMs } = manifest;
  return { service, id, kind, bytes, durationMs };
}
