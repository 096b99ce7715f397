/**
 * A mark in a backup's folder while somebody reads it, for every process that shares the folder. It is renewed as long as its
 * process lives, and means nothing once it is old.
 */
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { StoredBackup } from './backup-store';

const LEASE = 'in-use-';
const RENEW_EVERY_MS = 30_000;
const VALID_MS = 2 * RENEW_EVERY_MS;

/** Keeps a backup from being removed while `work` reads it, also by other processes that share the folder. */
export async function whileInUse<T>({ folder }: StoredBackup, work: () => Promise<T>): Promise<T> {
  const lease = join(folder, LEASE + randomBytes(4).toString('hex'));
  await writeFile(lease, '', { mode: 0o600 });
  const renewing = setInterval(() => {
    const now = new Date();
    // A lease that cannot be renewed runs out; the work itself tells what is wrong with its folder.
    utimes(lease, now, now).catch(() => undefined);
  }, RENEW_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    await rm(lease, { force: true });
  }
}

/** Whether anybody reads it. */
export async function isInUse({ folder }: StoredBackup): Promise<boolean> {
  const leases = (await readdir(folder)).filter((name) => name.startsWith(LEASE));
  const renewed = await Promise.all(leases.map(async (name) => (await stat(join(folder, name))).mtimeMs));
  return renewed.some((at) => at > Date.now() - VALID_MS);
}
