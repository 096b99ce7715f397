/**
 * Runs pg_dump or pg_restore to its end. Where to connect, and the password, go into the environment of that process
 * alone: arguments are visible to everybody on the machine.
 * https://www.postgresql.org/docs/current/libpq-envars.html
 */
import { spawn } from 'node:child_process';
import { Client } from 'pg';
import { APPLICATION_NAME } from '../pg/connect';
import type { BackupSettings } from './backup-settings';
import { programPath, type PgPrograms } from './pg-programs';

const REMEMBERED_CHARACTERS = 16_000;
const TOLD_LINES = 12;
/** Of pg_restore without --exit-on-error. */
const ENDED_WITH_COMPLAINTS = 1;

export interface ProgramRun {
  readonly programs: PgPrograms;
  readonly name: 'pg_dump' | 'pg_restore';
  readonly args: readonly string[];
  /** Of the database that it works on. */
  readonly url: string;
  readonly settings: BackupSettings;
  /** Ends the program early. */
  readonly signal?: AbortSignal;
  /** Says of what a program wrote that came to its end with complaints whether it did its work all the same. */
  readonly isHarmless?: (stderr: string) => boolean;
}

/** @throws ProgramFailed when it does not end with 0 */
export async function runPgProgram(run: ProgramRun): Promise<void> {
  const { settings, url, programs, name, args, signal } = run;
  const connection = libpqEnvironment(url);
  const child = spawn(programPath(programs, name), args, {
    env: { ...settings.environment, ...connection, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-REMEMBERED_CHARACTERS);
  });
  const { code, killedBy } = await new Promise<Ending>((resolve, reject) => {
    // An abort is told by `close`, too, once the process has really ended.
    child.once('error', (error) => (error.name === 'AbortError' ? undefined : reject(error)));
    child.once('close', (code, killedBy) => resolve({ code, killedBy }));
  });
  if (code === 0) return;
  // Whoever is killed has not complained of everything yet.
  if (code === ENDED_WITH_COMPLAINTS && run.isHarmless?.(stderr)) return;
  const how = killedBy ? `was ended by ${killedBy}` : `ended with exit code ${code}`;
  throw new ProgramFailed(`${name} ${programs.version} ${how}${told(stderr, connection['PGPASSWORD'])}`);
}

interface Ending {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
}

/** A program of Postgres did not do its work; the message has its last words. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
}

function told(stderr: string, password: string | undefined): string {
  const lines = stderr.trim().split('\n').slice(-TOLD_LINES).join('\n');
  if (lines === '') return ', without a word.';
  return `:\n${password ? lines.replaceAll(password, '***') : lines}`;
}

/** Where the driver would connect, for a program. */
export function libpqEnvironment(url: string): Record<string, string> {
  const { host, port, user, database, password } = new Client({ connectionString: url });
  const parameters = new URLSearchParams(url.split('?')[1] ?? '');
  const sslmode = parameters.get('sslmode') ?? (parameters.get('ssl') === 'true' ? 'require' : null);
  const variables: Record<string, string | null | undefined> = {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGDATABASE: database,
    PGPASSWORD: typeof password === 'string' ? password : undefined,
    PGAPPNAME: APPLICATION_NAME,
    // The driver's word for "encrypt, and trust anybody" is what libpq calls require.
    PGSSLMODE: sslmode === 'no-verify' ? 'require' : sslmode,
    PGSSLROOTCERT: parameters.get('sslrootcert'),
    PGSSLCERT: parameters.get('sslcert'),
    PGSSLKEY: parameters.get('sslkey'),
  };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value] as const] : [])),
  );
}
