import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../errors';
import { poll } from '../system/poll';
import { isServerOf } from '../system/process-identity';

/** What a postmaster writes about itself in its data directory. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping` or `standby`; empty in the first moments. */
  readonly status: string;
}

/** The lines of postmaster.pid: https://www.postgresql.org/docs/current/storage-file-layout.html */
export function parsePostmasterFile(text: string): Postmaster | undefined {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? ''), status: (lines[7] ?? '').trim() };
}

/** The live postmaster of a data directory, or undefined: no file, a dead pid, or a pid that is now somebody else's. */
export async function livePostmaster(dataDirectory: string): Promise<Postmaster | undefined> {
  const postmaster = parsePostmasterFile(await readPostmasterFile(dataDirectory));
  return postmaster && (await isServerOf(postmaster.pid, dataDirectory)) ? postmaster : undefined;
}

/** Waits for a live postmaster to accept connections. Undefined when it died or took longer than `timeoutMs`. */
export async function readyPostmaster(
  dataDirectory: string,
  timeoutMs: number,
): Promise<Postmaster | undefined> {
  const settled = await poll(async () => {
    const postmaster = await livePostmaster(dataDirectory);
    if (!postmaster) return { ready: undefined };
    return postmaster.status === 'ready' ? { ready: postmaster } : undefined;
  }, timeoutMs);
  return settled?.ready;
}

/**
 * Removes the file of a postmaster that is gone. Postgres would do so itself unless another process of the
 * same user now has that pid: then it refuses to start for ever. Its shared memory still guards the data.
 */
export async function removeStalePostmasterFile(dataDirectory: string): Promise<void> {
  if (!(await livePostmaster(dataDirectory)))
    await rm(join(dataDirectory, 'postmaster.pid'), { force: true });
}

function readPostmasterFile(dataDirectory: string): Promise<string> {
  return readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return '';
  });
}
