/**
 * Names of backups: `20261122T194501Z-1a2b3c`. They sort by the second, and are safe in the name of a folder and of a database.
 */
import { randomBytes } from 'node:crypto';
import { escapeIdentifier } from 'pg';

const ID = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-[0-9a-f]{6}$/;
/** Bytes; longer names are cut off by Postgres. https://www.postgresql.org/docs/current/limits.html */
const LONGEST_NAME = 63;
const CLONE_PREFIX = 'migrator_backup_';

export function newBackupId(now = new Date()): string {
  const seconds = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${seconds}-${randomBytes(3).toString('hex')}`;
}

export function isBackupId(text: string): boolean {
  return ID.test(text);
}

/** When it was made, in milliseconds since 1970; undefined for what is no id. */
export function timeOfId(id: string): number | undefined {
  const parts = ID.exec(id);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** The database that is a backup of kind `template`. */
export function cloneName(id: string): string {
  return `${CLONE_PREFIX}${id}`;
}

/** The same while it is being made: whatever has this name belongs to a migrator at work, or to a killed one. */
export function unfinishedCloneName(id: string): string {
  return `${cloneName(id)}_unfinished`;
}

/** The id in the name of an unfinished clone; undefined for every other name. */
export function idOfUnfinishedClone(database: string): string | undefined {
  const id = database.slice(CLONE_PREFIX.length, -'_unfinished'.length);
  return isBackupId(id) && database === unfinishedCloneName(id) ? id : undefined;
}

/** Where a database goes that a restored one replaces: `user_service_before_20261122T194501Z-1a2b3c`. */
export function replacedName(database: string, id: string): string {
  const suffix = `_before_${id}`;
  let base = database;
  while (Buffer.byteLength(base + suffix) > LONGEST_NAME) base = base.slice(0, -1);
  return base + suffix;
}

/** The statement that drops a database, for people to copy. */
export function dropStatement(database: string): string {
  return `DROP DATABASE ${escapeIdentifier(database)};`;
}
