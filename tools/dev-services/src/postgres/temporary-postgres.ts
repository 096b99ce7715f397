/**
 * Owns servers that live as long as a test: each in a directory of its own, named for the process that owns
 * it, thrown away at the end. Speed before safety: nothing is synced to disk. Shares nothing with the
 * development server but the programs.
 */
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDataRoot } from '../config';
import { ownedName, recordOwner } from '../system/owned-directory';
import { homeAt, type Home } from './home';
import { locateBinaries, type Binaries } from './locate-binaries';
import { ensureCluster } from './make-cluster';
import { defaultPostgresMajor, serverUrl, type PostgresMajor, type PostgresServer } from './model';
import { readyBinaries } from './ready-binaries';
import { removeAbandonedHomes } from './remove-abandoned-homes';
import { removeAbandonedServers, temporaryPrefix } from './remove-abandoned-servers';
import { killServer, startServer, stopServer } from './server-process';
import { chooseServerUser } from './server-user';
import type { Settings } from './server-settings';
import { enterableTemporaryDirectory } from './shared-directory';

const fastSettings: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '16MB',
};

export interface TemporaryPostgresOptions {
  /** Default 18. */
  major?: PostgresMajor;
  /** Added to our own, as in postgresql.conf; for example `{ wal_level: 'logical' }`. */
  settings?: Settings;
}

export interface TemporaryPostgres extends PostgresServer {
  /** The postmaster's; another one after `restart`. */
  readonly pid: number;
  /** Ends the server and removes its directory. Does nothing the second time. */
  stop(): Promise<void>;
  /** SIGKILL for the postmaster; resolves when it is gone. Its data stay for `restart`. */
  kill(): Promise<void>;
  /** Stops the server if it runs and starts it again, on the same port. */
  restart(): Promise<void>;
}

/**
 * Starts a server that nobody else uses, and first removes those whose owner was killed or workspace deleted.
 * @throws DevServicesError CANNOT_INITIALISE, CANNOT_START, DISK_FULL, INVALID_OPTION and those of the binaries
 */
export async function startTemporaryPostgres(
  options: TemporaryPostgresOptions = {},
): Promise<TemporaryPostgres> {
  const { major = defaultPostgresMajor } = options;
  const settings = { ...fastSettings, ...options.settings };
  const user = await chooseServerUser();
  const parent = await enterableTemporaryDirectory([tmpdir(), '/tmp', '/var/tmp'], user);
  const binaries = await readyBinaries(locateBinaries(major), defaultDataRoot, user);
  await removeAbandonedServers(parent, binaries);
  await removeAbandonedHomes(binaries, user);

  const home = homeAt(await mkdtemp(join(parent, ownedName(temporaryPrefix))), user);
  try {
    await recordOwner(home.directory);
    if (user) await chown(home.directory, user.uid, user.gid);
    const password = await ensureCluster(home, binaries, false);
    return await run(home, binaries, password, settings);
  } catch (error) {
    await rm(home.directory, { recursive: true, force: true });
    throw error;
  }
}

async function run(
  home: Home,
  binaries: Binaries,
  password: string,
  settings: Settings,
): Promise<TemporaryPostgres> {
  let { pid, port } = await startServer(home, binaries, { settings });
  return {
    get url() {
      return serverUrl(port, password);
    },
    get port() {
      return port;
    },
    get pid() {
      return pid;
    },
    major: binaries.major,
    dataDirectory: home.dataDirectory,
    async stop() {
      await stopServer(home, binaries, 'immediate');
      await rm(home.directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
    kill: () => killServer(home),
    async restart() {
      await stopServer(home, binaries, 'fast');
      ({ pid, port } = await startServer(home, binaries, { settings, preferredPort: port }));
    },
  };
}
