/**
 * The folder of backups on disk: its only reader and writer.
 *
 *   <folder>/<service>/<id>/manifest.json      a backup: it is one exactly when this file is there
 *                          /dump/              of the kind `pg_dump`: pg_dump's own files
 *   <folder>/<service>/.unfinished-<id>/       being made, or being removed
 *
 * A backup appears by one rename, after everything in it is written, and goes by one rename: nobody ever sees half of one.
 * Files can be read by their owner only. Not its job: databases; a clone is made and dropped by `clone-backup`.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MigratorError } from '../errors';
import { isBackupId } from './backup-id';
import type { BackupManifest } from './manifest';

const MANIFEST = 'manifest.json';
const DUMP = 'dump';
const UNFINISHED = '.unfinished-';
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

export interface StoredBackup {
  readonly manifest: BackupManifest;
  /** Absolute. */
  readonly folder: string;
}

/** Where one backup of one service is, was or will be. */
export interface BackupPlace {
  /** The workspace's folder of backups. */
  readonly folder: string;
  readonly service: string;
  readonly id: string;
}

/** A service's backups, the newest first. */
export async function listBackups(folder: string, service: string): Promise<StoredBackup[]> {
  const ids = (await namesIn(join(folder, service))).filter(isBackupId);
  const found = await Promise.all(ids.map((id) => readBackup({ folder, service, id })));
  return found.filter((backup) => backup !== undefined).sort(newestFirst);
}

/**
 * Those of one database, the newest first. A service has a database on every server that it runs on, and the backups of one are
 * nobody's business on another.
 * @param origin as `describeUrl` writes it
 */
export async function backupsOf(folder: string, service: string, origin: string): Promise<StoredBackup[]> {
  return (await listBackups(folder, service)).filter(({ manifest }) => manifest.origin === origin);
}

/** An id tells seconds, and two may be of the same one. */
function newestFirst({ manifest: a }: StoredBackup, { manifest: b }: StoredBackup): number {
  return a.createdAt < b.createdAt ? 1 : -1;
}

export interface BackupChoice {
  readonly service: string;
  /** Of which database the newest is meant, as `describeUrl` writes it. */
  readonly origin: string;
  /** A certain one, of whatever database; the newest when left out. */
  readonly id?: string;
}

/** @throws MigratorError BACKUP_NOT_FOUND */
export async function findBackup(
  folder: string,
  { service, origin, id }: BackupChoice,
): Promise<StoredBackup> {
  const all = await listBackups(folder, service);
  const found = all.find(({ manifest }) =>
    id === undefined ? manifest.origin === origin : manifest.id === id,
  );
  if (found) return found;
  const there = all.map(({ manifest }) => `${manifest.id} of ${manifest.origin}`).join(', ');
  throw new MigratorError(
    'BACKUP_NOT_FOUND',
    `${service}: there is no backup ${id ?? `of ${origin}`} in ${join(folder, service)}. ` +
      (there
        ? `There are: ${there}.${id === undefined ? ' One of another database is taken when it is named with --backup.' : ''}`
        : 'Take one with the verb `backup`, or set MIGRATOR_BACKUP_FOLDER to where they are.'),
  );
}

/** Makes the folder that a backup is written to. */
export async function beginBackup(place: BackupPlace): Promise<string> {
  const path = unfinishedFolder(place);
  await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
  return path;
}

/**
 * Shows a backup that is complete.
 * @param finish what is left to do on the server; should we be killed after it, the manifest is there already and says what to
 * clear up
 */
export async function publishBackup(
  place: BackupPlace,
  manifest: BackupManifest,
  finish: () => Promise<void>,
): Promise<StoredBackup> {
  await writeManifest(unfinishedFolder(place), manifest);
  await finish();
  const folder = finishedFolder(place);
  await rename(unfinishedFolder(place), folder);
  return { manifest, folder };
}

/** Takes a backup out of the list and then off the disk; also one that is only half there. */
export async function removeBackup(place: BackupPlace): Promise<void> {
  try {
    await rename(finishedFolder(place), unfinishedFolder(place));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await rm(unfinishedFolder(place), { recursive: true, force: true });
}

/** Writes down that a backup was restored and found whole. */
export async function markVerified({ folder, manifest }: StoredBackup, at = new Date()): Promise<void> {
  await writeManifest(folder, { ...manifest, verifiedAt: at.toISOString() });
}

/** Where pg_dump writes, and pg_restore reads. It makes the folder itself, so it is not there before. */
export function dumpFolder(folder: string): string {
  return join(folder, DUMP);
}

/** Backups that were begun, or whose removal was, and where nothing has been written since `before` (milliseconds since 1970). */
export async function unfinishedBackups(
  folder: string,
  service: string,
  before: number,
): Promise<BackupPlace[]> {
  const places = (await namesIn(join(folder, service)))
    .filter((name) => name.startsWith(UNFINISHED))
    .map((name) => ({ folder, service, id: name.slice(UNFINISHED.length) }));
  const ages = await Promise.all(places.map((place) => lastChange(unfinishedFolder(place))));
  return places.filter((_, index) => ages[index]! < before);
}

/** The manifest of an unfinished backup, when it came as far as that. */
export async function unfinishedManifest(place: BackupPlace): Promise<BackupManifest | undefined> {
  return readManifest(join(unfinishedFolder(place), MANIFEST));
}

async function readBackup(place: BackupPlace): Promise<StoredBackup | undefined> {
  const folder = finishedFolder(place);
  const manifest = await readManifest(join(folder, MANIFEST));
  return manifest && { manifest, folder };
}

async function readManifest(path: string): Promise<BackupManifest | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as BackupManifest;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new MigratorError(
      'BACKUP_DAMAGED',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}. ` +
        'Put the file back as it was, or remove its folder.',
      { cause: error },
    );
  }
}

/** Whole or not at all, also when the power goes: written aside, on the disk, renamed. */
async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const path = join(folder, MANIFEST);
  const aside = `${path}.${process.pid}`;
  const file = await open(aside, 'w', PRIVATE_FILE);
  try {
    await file.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

function finishedFolder({ folder, service, id }: BackupPlace): string {
  return join(folder, service, id);
}

function unfinishedFolder({ folder, service, id }: BackupPlace): string {
  return join(folder, service, UNFINISHED + id);
}

/** Of a folder and everything in it, in milliseconds since 1970; 0 for what has just gone. */
async function lastChange(path: string): Promise<number> {
  try {
    const facts = await stat(path);
    const inside = facts.isDirectory() ? await namesIn(path) : [];
    return Math.max(
      facts.mtimeMs,
      ...(await Promise.all(inside.map((name) => lastChange(join(path, name))))),
    );
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
