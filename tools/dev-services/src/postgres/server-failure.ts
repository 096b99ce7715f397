import { readFile, statfs } from 'node:fs/promises';
import { DevServicesError, systemErrorCode, type DevServicesErrorCode } from '../errors';
import type { Home } from './home';

/** A cluster takes 45 MB; with less than this free, a full disk is the likely reason for whatever failed. */
const tightDiskBytes = 64 * 1024 * 1024;
const shownLines = 15;

/** The error for a Postgres program that failed in `home`: says what it printed and what the server logged. */
export async function serverFailure(
  code: DevServicesErrorCode,
  what: string,
  home: Home,
  printed: string,
): Promise<DevServicesError> {
  const details = [tail(printed), tail(await readLog(home.logFile))].filter(Boolean).join('\n');
  const disk = await statfs(home.directory);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes < tightDiskBytes) {
    const free = `${Math.floor(freeBytes / 1024 / 1024)} MB`;
    return new DevServicesError(
      'DISK_FULL',
      `${what} failed and the disk of ${home.directory} has ${free} free; make room, then try again\n${details}`,
    );
  }
  const advice = `the server's own words follow and are in ${home.logFile}; remove ${home.directory} to start with an empty server, or set DATABASE_URL to a server of your own`;
  return new DevServicesError(code, `${what} failed: ${advice}\n${details}`);
}

function readLog(logFile: string): Promise<string> {
  return readFile(logFile, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return '';
  });
}

function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-shownLines).join('\n');
}
