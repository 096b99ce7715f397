/**
 * Takes one backup of one service's database: with pg_dump when there is one of the server's version or newer, which nobody
 * notices; otherwise as a clone beside the original, for which nobody may be connected.
 *
 * A backup is listed when it is complete, and after a failure nothing of it is left: no folder, no clone. What a killed
 * migrator leaves is removed by a later one (`sweep-unfinished`). Old backups are another file's business (`retention`).
 */
import { MigratorError } from '../errors';
import { withConnection } from '../pg/connect';
import { describeUrl } from '../pg/connection-url';
import { queryOf, type Query } from '../pg/query';
import type { BackupContent } from './backup-content';
import { cloneName, newBackupId } from './backup-id';
import type { BackupSettings } from './backup-settings';
import {
  beginBackup,
  publishBackup,
  removeBackup,
  type BackupPlace,
  type StoredBackup,
} from './backup-store';
import { cloneDatabase, dropClone, finishClone } from './clone-backup';
import { dumpDatabase } from './dump-backup';
import type { BackupKind, BackupManifest } from './manifest';
import { findPgPrograms, programsFor, type PgPrograms } from './pg-programs';
import { sweepClones, sweepUnfinished } from './sweep-unfinished';

export interface BackupRequest {
  readonly service: string;
  readonly url: string;
  readonly settings: BackupSettings;
  readonly reason: BackupManifest['reason'];
  /** `user@host` */
  readonly createdBy: string;
  /** The applied migrations, read from the history in the backup's snapshot. */
  readonly readMigrations: (query: Query) => Promise<readonly string[]>;
  /** Told for whom it waits. */
  readonly onWait: (who: string) => void;
}

/** How a database would be backed up. */
export interface BackupWay {
  readonly kind: BackupKind;
  readonly serverVersion: string;
  /** Of the kind `pg_dump`. */
  readonly programs?: PgPrograms;
  /** What would have to be installed for the kind `pg_dump`. */
  readonly wayOut: string;
}

/** Looks at the server and at this machine; changes nothing. */
export async function chooseWay({ service, url, settings }: BackupRequest): Promise<BackupWay> {
  const [serverVersion, found] = await Promise.all([readVersion(url, service), findPgPrograms(settings)]);
  const major = Number.parseInt(serverVersion, 10);
  const programs = programsFor(found, major);
  return { kind: programs ? 'pg_dump' : 'template', serverVersion, programs, wayOut: wayOut(found, major) };
}

/** @throws MigratorError BACKUP_FAILED, BACKUP_IMPOSSIBLE */
export async function takeBackup(request: BackupRequest, way: BackupWay): Promise<StoredBackup> {
  const { service, url, settings } = request;
  const startedAt = performance.now();
  const id = newBackupId();
  const place = { folder: settings.folder, service, id };
  try {
    await sweepUnfinished(settings.folder, url, service);
    if (way.kind === 'template') await sweepClones(url, service);
    const folder = await beginBackup(place);
    const content = way.programs
      ? await dumpDatabase({ ...request, programs: way.programs }, folder)
      : await cloneDatabase({ ...request, wayOut: way.wayOut }, id);
    const manifest = manifestOf(request, way, { id, content, durationMs: performance.now() - startedAt });
    return await publishBackup(place, manifest, async () => {
      if (way.kind === 'template') await finishClone(url, service, id);
    });
  } catch (error) {
    throw failed(request, error, await clearUp(request, way, place));
  }
}

/** What a backup that has just been made says of itself. */
export function manifestOf(
  { service, url, createdBy, reason }: BackupRequest,
  { kind, serverVersion }: BackupWay,
  { id, content, durationMs }: { id: string; content: BackupContent; durationMs: number },
): BackupManifest {
  return {
    id,
    service,
    origin: describeUrl(url, service),
    serverVersion,
    kind,
    createdAt: new Date().toISOString(),
    createdBy,
    reason,
    durationMs: Math.round(durationMs),
    clone: kind === 'template' ? cloneName(id) : undefined,
    ...content,
  };
}

async function readVersion(url: string, service: string): Promise<string> {
  return withConnection(url, service, async (client) => {
    const [row] = await queryOf(client)<{ version: string }>(
      `SELECT current_setting('server_version') AS version`,
    );
    return row!.version.split(' ')[0]!;
  });
}

function wayOut(found: readonly PgPrograms[], major: number): string {
  const there = found.map(({ version, folder }) => `${version} in ${folder}`).join(', ');
  return (
    `With pg_dump ${major} or newer nobody would have to disconnect; ` +
    `${there ? `there is only ${there}` : 'there is none on this machine'}. Install it (\`apt-get install postgresql-client-${major}\`, ` +
    `\`brew install postgresql@${major}\`; elsewhere set MIGRATOR_PG_BIN to its folder), or stop what is connected, or do ` +
    'without a backup (`migrate --no-backup`).'
  );
}

/** @returns what could not be removed, in words */
async function clearUp({ url, service }: BackupRequest, way: BackupWay, place: BackupPlace): Promise<string> {
  try {
    if (way.kind === 'template') await dropClone(url, service, place.id);
    await removeBackup(place);
    return 'Nothing of it was kept.';
  } catch (error) {
    return `Clearing up after it failed, too (${reasonOf(error)}); a later backup removes what is left.`;
  }
}

function failed({ service, url, settings }: BackupRequest, error: unknown, cleared: string): MigratorError {
  if (error instanceof MigratorError) return error;
  return new MigratorError(
    'BACKUP_FAILED',
    `backing up ${service} (${describeUrl(url, service)}) to ${settings.folder} failed: ${reasonOf(error)}\n` +
      `${cleared} Mend the cause and run again; MIGRATOR_BACKUP_FOLDER chooses another folder.`,
    { cause: error },
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
