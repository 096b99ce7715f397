/**
 * Directories that live as long as a process: named for its pid, with a file that holds its identity, because the pid
 * alone may by now be somebody else's.
 */
import { lstat, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../errors';
import { processIdentity } from './process-identity';

/** The start of an owned directory's name; random letters follow. */
export function ownedName(prefix: string): string {
  return `${prefix}${process.pid}-`;
}

/** Must be the first thing in it. */
export async function recordOwner(directory: string): Promise<void> {
  await writeFile(ownerFile(directory), processIdentity(process.pid) ?? '');
}

/** The directories in `parent` whose owner was killed before it could remove them. */
export async function abandonedDirectories(parent: string, prefix: string): Promise<string[]> {
  const abandoned: string[] = [];
  for (const name of await readdir(parent)) {
    const ownerPid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    const directory = join(parent, name);
    if (ownerPid && (await isAbandoned(directory, Number(ownerPid)))) abandoned.push(directory);
  }
  return abandoned;
}

async function isAbandoned(directory: string, ownerPid: number): Promise<boolean> {
  if (!(await isManageable(directory))) return false;
  const owner = processIdentity(ownerPid);
  if (owner === undefined) return true;
  const recorded = await readFile(ownerFile(directory), 'utf8').catch(absent);
  // Not written yet: it is being made right now.
  return recorded !== undefined && recorded !== '' && recorded !== owner;
}

/** A directory, no link to one; as an ordinary user only our own, because others' are theirs to remove. */
async function isManageable(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch(absent);
  const us = process.getuid?.();
  return found !== undefined && found.isDirectory() && (us === undefined || us === 0 || found.uid === us);
}

function ownerFile(directory: string): string {
  return join(directory, 'owner');
}

function absent(error: unknown): undefined {
  if (systemErrorCode(error) !== 'ENOENT') throw error;
  return undefined;
}
