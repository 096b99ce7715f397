/**
 * The record of rehearsals: which plans went well on copies of the databases, by their fingerprint. A record proves nothing to
 * somebody who can write to the folder of backups; it keeps people from forgetting, not from cheating.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RehearsalReport } from '../model';

export async function recordRehearsal(folder: string, report: RehearsalReport): Promise<void> {
  const path = recordPath(folder, report.fingerprint);
  await mkdir(join(folder, 'rehearsals'), { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, `${JSON.stringify(report, undefined, 2)}\n`, { mode: 0o600 });
  await rename(aside, path);
}

/** Undefined when this plan was never rehearsed, or not well. */
export async function findRehearsal(
  folder: string,
  fingerprint: string,
): Promise<RehearsalReport | undefined> {
  try {
    return JSON.parse(await readFile(recordPath(folder, fingerprint), 'utf8')) as RehearsalReport;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function recordPath(folder: string, fingerprint: string): string {
  return join(folder, 'rehearsals', `${fingerprint}.json`);
}
