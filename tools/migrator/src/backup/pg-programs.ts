/**
 * Finds pg_dump and pg_restore on this machine. A pg_dump reads servers of its own version and older ones; of several that
 * would do, the nearest to the server's is used, because what it writes is restored with the fewest surprises.
 * https://www.postgresql.org/docs/current/app-pgdump.html#PG-DUMP-NOTES
 */
import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { BackupSettings } from './backup-settings';

export interface PgPrograms {
  readonly folder: string;
  /** `15.13` */
  readonly version: string;
  readonly major: number;
}

/** Where packages put the programs of several versions; a `*` is one part of a path. */
const USUAL_PLACES: readonly string[] = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/usr/local/pgsql/bin',
  '/opt/homebrew/opt/libpq/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/libpq/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/Applications/Postgres.app/Contents/Versions/*/bin',
  'C:/Program Files/PostgreSQL/*/bin',
];
const EXTENSION = process.platform === 'win32' ? '.exe' : '';
const ANSWERS_WITHIN_MS = 10_000;

export function programPath({ folder }: PgPrograms, name: 'pg_dump' | 'pg_restore'): string {
  return join(folder, name + EXTENSION);
}

/** Every folder that has both programs, in working order; the oldest version first. */
export async function findPgPrograms(settings: BackupSettings): Promise<PgPrograms[]> {
  const folders = settings.programFolder ? [settings.programFolder] : await usualFolders(settings);
  const found = await Promise.all(folders.map((folder) => programsIn(folder, settings)));
  return found.filter((programs) => programs !== undefined).sort((a, b) => a.major - b.major);
}

/** The first that can dump a server of this version, or undefined. */
export function programsFor(found: readonly PgPrograms[], serverMajor: number): PgPrograms | undefined {
  return found.find(({ major }) => major >= serverMajor);
}

async function usualFolders({ environment }: BackupSettings): Promise<string[]> {
  const matching = await Promise.all(USUAL_PLACES.map(expand));
  const inPath = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  // PATH comes last: on Debian it has a wrapper, which chooses a version by rules of its own.
  return [...new Set([...matching.flat(), ...inPath])];
}

async function expand(pattern: string): Promise<string[]> {
  const [before, after] = pattern.split('*');
  if (before === undefined || after === undefined) return [pattern];
  const parent = before.endsWith('/') ? before : `${dirname(before)}/`;
  const start = before.slice(parent.length);
  const names = await readdir(parent).catch(whenMissing);
  return names.filter((name) => name.startsWith(start)).map((name) => parent + name + after);
}

function whenMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return [];
  throw error;
}

/** What is not there, or does not run, is not found. */
async function programsIn(folder: string, settings: BackupSettings): Promise<PgPrograms | undefined> {
  const programs = { folder, version: '', major: 0 };
  try {
    await access(programPath(programs, 'pg_restore'));
    const { stdout } = await promisify(execFile)(programPath(programs, 'pg_dump'), ['--version'], {
      env: { ...settings.environment, LC_ALL: 'C' },
      timeout: ANSWERS_WITHIN_MS,
    });
    const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(stdout)?.[1];
    return version === undefined ? undefined : { folder, version, major: Number.parseInt(version, 10) };
  } catch {
    return undefined;
  }
}
