/**
 * A backup of the kind `pg_dump`. One transaction of ours exports its snapshot; pg_dump reads in it, and so do our
 * counts and checksums: they are those of the very rows in the dump, however busy the database is.
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION
 */
import { chmod, readdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { withConnection } from '../pg/connect';
import { databaseName } from '../pg/connection-url';
import { queryOf, type Query } from '../pg/query';
import type { BackupSettings } from './backup-settings';
import { dumpFolder } from './backup-store';
import { databaseBytes, readLocale } from './create-copy';
import type { BackupContent } from './backup-content';
import type { PgPrograms } from './pg-programs';
import { runPgProgram } from './run-pg-program';
import { beginSnapshot, readTableFacts } from './table-facts';

/** A smaller database is dumped before a second connection is up. */
const PARALLEL_FROM_BYTES = 64 * 1024 * 1024;
const MOST_JOBS = 4;
/** What somebody else's ALTER TABLE may make the dump wait. */
const LOCK_WAIT_MS = 60_000;

export interface DumpRequest {
  readonly service: string;
  readonly url: string;
  readonly settings: BackupSettings;
  readonly programs: PgPrograms;
  readonly readMigrations: (query: Query) => Promise<readonly string[]>;
}

/**
 * @param folder of the backup; the dump goes into it
 * @throws ProgramFailed
 */
export async function dumpDatabase(request: DumpRequest, folder: string): Promise<BackupContent> {
  const { service, url, readMigrations } = request;
  const name = databaseName(url, service);
  return withConnection(url, service, async (client) => {
    const query = queryOf(client);
    await beginSnapshot(query);
    const [exported] = await query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot');
    const jobs = jobsFor(await databaseBytes(query, name));
    const stop = new AbortController();
    const dump = dumpSnapshot(request, folder, { snapshot: exported!.snapshot, jobs, signal: stop.signal });
    const facts = (async () => ({
      tables: await readTableFacts(query),
      migrations: await readMigrations(query),
      locale: await readLocale(query, name),
    }))();
    // Whichever fails first is the reason, and ends the other one: nobody may clear up while it still writes.
    const failures: unknown[] = [];
    const failed = (error: unknown, end: () => void) => {
      failures.push(error);
      end();
    };
    const whole = Promise.all([
      facts.catch((error: unknown) => failed(error, () => stop.abort())),
      dump.catch((error: unknown) => failed(error, () => void client.end())),
    ]);
    const [read] = await whole;
    if (!read || failures.length > 0) throw failures[0];
    return { ...read, bytes: await makePrivate(dumpFolder(folder)) };
  });
}

/** How many tables are worked on at the same time. */
export function jobsFor(bytes: number): number {
  return bytes < PARALLEL_FROM_BYTES ? 1 : Math.min(MOST_JOBS, availableParallelism());
}

async function dumpSnapshot(
  { programs, url, settings }: DumpRequest,
  folder: string,
  { snapshot, jobs, signal }: { snapshot: string; jobs: number; signal: AbortSignal },
): Promise<void> {
  await runPgProgram({
    programs,
    name: 'pg_dump',
    url,
    settings,
    signal,
    args: [
      '--format=directory',
      `--file=${dumpFolder(folder)}`,
      `--jobs=${jobs}`,
      `--snapshot=${snapshot}`,
      `--lock-wait-timeout=${LOCK_WAIT_MS}`,
      '--no-password',
    ],
  });
}

/** pg_dump makes its files readable to everybody whom the umask lets. @returns their size in bytes */
async function makePrivate(folder: string): Promise<number> {
  await chmod(folder, 0o700);
  let bytes = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    await chmod(path, 0o600);
    bytes += (await stat(path)).size;
  }
  return bytes;
}
