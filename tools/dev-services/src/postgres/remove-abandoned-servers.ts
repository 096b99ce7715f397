import { lstat, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../errors';
import { homeAt, type Home } from './home';
import type { Binaries } from './locate-binaries';
import { processIdentity } from './process-identity';
import { ownerToRunAs } from './server-user';
import { stopServer } from './server-process';

/** The start of a temporary server's directory name; its owner's pid and random letters follow. */
export const temporaryPrefix = 'hockey-hub-test-postgres-';

/** Holds the identity of the owning process: its pid alone may by now be somebody else's. */
export function ownerFile(home: Pick<Home, 'directory'>): string {
  return join(home.directory, 'owner');
}

/** Stops and removes the temporary servers in `parent` whose owner was killed before it could do so. */
export async function removeAbandonedServers(parent: string, binaries: Binaries): Promise<void> {
  for (const name of await readdir(parent)) {
    const directory = join(parent, name);
    if (!(await isAbandoned(directory, name))) continue;
    const home = homeAt(directory, await ownerToRunAs(directory));
    // Any version's pg_ctl can stop any version's server.
    await stopServer(home, binaries, 'immediate');
    await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

async function isAbandoned(directory: string, name: string): Promise<boolean> {
  const ownerPid = new RegExp(`^${temporaryPrefix}(\\d+)-`).exec(name)?.[1];
  if (!ownerPid || !(await isManageable(directory))) return false;
  const owner = processIdentity(Number(ownerPid));
  if (owner === undefined) return true;
  const recorded = await readFile(ownerFile({ directory }), 'utf8').catch(absent);
  // Not written yet: it is being made right now.
  return recorded !== undefined && recorded !== '' && recorded !== owner;
}

/** A directory, no link to one; as an ordinary user only our own, because others' are theirs to remove. */
async function isManageable(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch(absent);
  const us = process.getuid?.();
  return found !== undefined && found.isDirectory() && (us === undefined || us === 0 || found.uid === us);
}

function absent(error: unknown): undefined {
  if (systemErrorCode(error) !== 'ENOENT') throw error;
  return undefined;
}
