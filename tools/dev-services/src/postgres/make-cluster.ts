import { randomBytes } from 'node:crypto';
import { appendFile, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DevServicesError, systemErrorCode } from '../errors';
import type { Home } from './home';
import type { Binaries } from './locate-binaries';
import { superuser } from './model';
import { pathExists } from '../system/path-exists';
import { runProgram } from '../system/run-program';
import { serverFailure } from './server-failure';
import { settingsFileName } from './server-settings';
import { writeFileAtomically } from '../system/write-file-atomically';

/**
 * Makes a home's cluster unless it is there, and resolves with the superuser's password. initdb works in a
 * directory of its own that takes its final name at the end, so a kill -9 leaves nothing half-made.
 *
 * @param durable whether the files must reach the disk before we go on: not for a test.
 * @throws DevServicesError CANNOT_INITIALISE, DISK_FULL, PASSWORD_LOST
 */
export async function ensureCluster(home: Home, binaries: Binaries, durable: boolean): Promise<string> {
  if (await pathExists(home.dataDirectory)) return readPassword(home);
  for (const name of await readdir(home.directory)) {
    // An initdb whose parent was killed may still be writing there; hence the retries.
    if (name.startsWith('initdb-')) {
      await rm(join(home.directory, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
  }
  const password = await ensurePassword(home);
  const unfinished = join(home.directory, `initdb-${randomBytes(6).toString('hex')}`);
  const args = ['--pgdata', unfinished, '--username', superuser, '--pwfile', home.passwordFile];
  args.push('--auth', 'scram-sha-256', '--encoding', 'UTF8', ...localeArguments(binaries));
  if (!durable) args.push('--no-sync');
  const made = await runProgram(binaries.initdb, args, home.user);
  if (!made.succeeded) {
    await rm(unfinished, { recursive: true, force: true });
    throw await serverFailure(
      'CANNOT_INITIALISE',
      `creating a Postgres ${binaries.major} cluster`,
      home,
      made.output,
    );
  }
  await appendFile(join(unfinished, 'postgresql.conf'), `\ninclude_if_exists = '${settingsFileName}'\n`);
  await rename(unfinished, home.dataDirectory);
  return password;
}

/** Kept from an attempt that was killed, so that two attempts cannot disagree about it. */
async function ensurePassword(home: Home): Promise<string> {
  if (await pathExists(home.passwordFile)) return readPassword(home);
  const password = randomBytes(24).toString('base64url');
  await writeFileAtomically(home.passwordFile, password, 0o600, home.user);
  return password;
}

/** The password of the cluster in a home. */
export async function readPassword(home: Home): Promise<string> {
  try {
    return await readFile(home.passwordFile, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    const message = `${home.passwordFile} is missing, so nobody can log in to that server; put it back, or remove ${home.directory} to start with an empty server`;
    throw new DevServicesError('PASSWORD_LOST', message, { cause: error });
  }
}

/**
 * The same order and the same case mapping (names here are Nordic) on every machine and both versions: code
 * points. From 17 on Postgres brings that locale itself; before, the C library has it under this name on Linux.
 */
function localeArguments({ major }: Binaries): string[] {
  if (major >= 17) return ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return [process.platform === 'linux' ? '--locale=C.UTF-8' : '--locale=C'];
}
