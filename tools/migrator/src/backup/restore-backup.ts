/**
 * A backup -> a database that is there as long as a piece of work needs it, on the server of the service. To keep it, the
 * work renames it; otherwise it goes, as every scratch database does, also when this process is killed.
 * Nothing here touches the database that the backup is of.
 */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../errors';
import { databaseName, describeUrl } from '../pg/connection-url';
import type { Query } from '../pg/query';
import { SQLSTATE, sqlstateOf } from '../pg/sqlstate';
import { withScratchDatabases } from '../scratch/scratch-database';
import { whileInUse } from './backup-lease';
import type { BackupSettings } from './backup-settings';
import { dumpFolder, type StoredBackup } from './backup-store';
import { onServer } from './clone-backup';
import { createClone, createEmpty } from './create-copy';
import { jobsFor } from './dump-backup';
import { findPgPrograms, programsFor, type PgPrograms } from './pg-programs';
import { runPgProgram } from './run-pg-program';

export interface RestoreRequest {
  readonly backup: StoredBackup;
  /** Any database of the server to restore on. */
  readonly url: string;
  readonly settings: BackupSettings;
  /**
   * `kept`: every object belongs to whom it belonged to, with the rights it had. `ours`: all of it belongs to the role
   * of the URL, for a database that is only looked at.
   */
  readonly owners: 'kept' | 'ours';
}

/**
 * Runs `work` with the URL of a new database that holds what the backup does.
 * @throws MigratorError RESTORE_FAILED
 */
export async function withRestored<T>(
  request: RestoreRequest,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const { backup, url } = request;
  const { service } = backup.manifest;
  return withScratchDatabases(url, service, 1, async (scratch) => {
    await whileInUse(backup, () => fill(request, scratch)).catch((error: unknown) => {
      throw failed(request, error);
    });
    return work(scratch);
  });
}

/** The scratch database gives its name; what is in it, and how it sorts, comes from the backup. */
async function fill(request: RestoreRequest, scratch: string): Promise<void> {
  const { manifest } = request.backup;
  const name = databaseName(scratch, manifest.service);
  await onServer(scratch, manifest.service, async (query) => {
    await query(`DROP DATABASE ${escapeIdentifier(name)}`);
    if (manifest.clone !== undefined) await copyClone(query, name, manifest.clone, request);
    else await createEmpty(query, name, manifest.locale);
  });
  if (manifest.kind === 'pg_dump') await restoreDump(request, scratch);
}

async function copyClone(query: Query, name: string, clone: string, request: RestoreRequest): Promise<void> {
  try {
    await createClone(query, name, clone);
  } catch (error) {
    if (sqlstateOf(error) !== SQLSTATE.undefinedDatabase) throw error;
    const { service, id } = request.backup.manifest;
    throw new MigratorError(
      'BACKUP_DAMAGED',
      `${service}: the backup ${id} is the database ${clone}, which is not on the server of ${describeUrl(request.url, service)}. ` +
        'Was it dropped, or was the backup taken on another server?',
      { cause: error },
    );
  }
}

async function restoreDump({ backup, settings, owners }: RestoreRequest, url: string): Promise<void> {
  const { manifest, folder } = backup;
  const programs = programsFor(await findPgPrograms(settings), majorOf(manifest.serverVersion));
  if (!programs) throw noProgram(backup);
  await runPgProgram({
    programs,
    name: 'pg_restore',
    url,
    settings,
    args: [
      `--dbname=${databaseName(url, manifest.service)}`,
      `--jobs=${jobsFor(manifest.bytes)}`,
      '--no-password',
      ...(owners === 'ours' ? ['--no-owner', '--no-privileges'] : []),
      ...(settingsOfNewer(programs, manifest.serverVersion) ? [] : ['--exit-on-error']),
      dumpFolder(folder),
    ],
    isHarmless: settingsOfNewer(programs, manifest.serverVersion) ? onlyUnknownSettings : undefined,
  });
}

/** pg_restore 17 and newer begins with a setting that older servers don't have, and calls that an error. */
function settingsOfNewer({ major }: PgPrograms, serverVersion: string): boolean {
  return major >= 17 && majorOf(serverVersion) < 17;
}

/** Whether everything that pg_restore complains of is such a setting. */
export function onlyUnknownSettings(stderr: string): boolean {
  const errors = stderr.match(/^pg_restore: error: /gm) ?? [];
  const settings = stderr.match(/^Command was: SET transaction_timeout = 0;$/gm) ?? [];
  return errors.length > 0 && errors.length === settings.length;
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

function noProgram({ manifest: { service, id, serverVersion } }: StoredBackup): MigratorError {
  const major = majorOf(serverVersion);
  return new MigratorError(
    'RESTORE_FAILED',
    `${service}: restoring ${id} needs pg_restore ${major} or newer, and there is none on this machine. Install it ` +
      `(\`apt-get install postgresql-client-${major}\`, \`brew install postgresql@${major}\`), or set MIGRATOR_PG_BIN to its folder.`,
  );
}

function failed({ backup: { manifest } }: RestoreRequest, error: unknown): unknown {
  if (error instanceof MigratorError) return error;
  return new MigratorError(
    'RESTORE_FAILED',
    `${manifest.service}: restoring the backup ${manifest.id} failed: ${error instanceof Error ? error.message : String(error)}\n` +
      'Nothing was changed, and nothing of it was kept.',
    { cause: error },
  );
}
