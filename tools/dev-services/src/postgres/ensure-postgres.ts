/**
 * Owns the development server: one per workspace and major version, started by whoever needs it first, shared
 * by all, left running. Not its job: databases and roles inside the server (tools/migrator), servers of tests
 * (temporary-postgres.ts), servers that an environment variable names (development-database-url.ts).
 *
 *   read the state file ── its process lives ──> done (the usual case: no lock, no child process)
 *          │ else
 *   take the lock, look again
 *          ├── a postmaster nobody recorded lives in the home ──> wait until it is ready ─┐
 *          └── none ──> cluster (initdb + rename, once) ──> free port ──> pg_ctl start ──┤
 *                                                               write the state file <───┘
 *
 * Authoritative is the home: the cluster, its password file, and the postmaster.pid that Postgres keeps. The
 * state file is a cache of it. A kill -9 between any two steps leaves what the next command can go on from.
 */
import { mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { defaultDataRoot } from '../config';
import { folderFailure } from '../system/folder-failure';
import { findOrMakeHome, type Home } from './home';
import { ensureCluster, readPassword } from './make-cluster';
import {
  defaultPostgresMajor,
  serverUrl,
  type PostgresMajor,
  type PostgresOptions,
  type PostgresServer,
} from './model';
import { locateBinaries } from './locate-binaries';
import { removeAbandonedHomes } from './remove-abandoned-homes';
import { readyBinaries } from './ready-binaries';
import { poll } from '../system/poll';
import { livePostmaster, readyPostmaster, type Postmaster } from './postmaster-file';
import { processIdentity } from '../system/process-identity';
import { runningServer } from './running-server';
import { startServer } from './server-process';
import { makeTraversable } from './shared-directory';
import { readState, writeState } from './state-file';
import { withLock } from '../system/with-lock';

/** Long, because recovery after a crash reads what was not yet checkpointed. */
const settleTimeoutMs = 300_000;

/**
 * The development server, running. Under 30 ms when it already is; about two seconds the very first time.
 * @throws DevServicesError with every code but CANNOT_STOP and INVALID_OPTION
 */
export async function ensurePostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { major = defaultPostgresMajor, dataRoot = defaultDataRoot, onMessage = () => undefined } = options;
  try {
    const running = await runningServer(dataRoot, major);
    if (running) return running;
    const root = await makeDataRoot(dataRoot);
    return await withLock(
      root,
      async () => (await runningServer(root, major)) ?? bringUp(root, major, onMessage),
    );
  } catch (error) {
    throw folderFailure(dataRoot, error);
  }
}

async function bringUp(
  dataRoot: string,
  major: PostgresMajor,
  onMessage: (line: string) => void,
): Promise<PostgresServer> {
  const recorded = readState(dataRoot, major);
  const home = await findOrMakeHome(dataRoot, major, recorded?.home);
  let postmaster = await settledPostmaster(home);
  let password: string;
  if (postmaster) {
    onMessage(`Found Postgres ${major} running on 127.0.0.1:${postmaster.port}`);
    password = await readPassword(home);
  } else {
    onMessage(`Starting Postgres ${major} in ${home.directory}`);
    const binaries = await readyBinaries(locateBinaries(major), dataRoot, home.user);
    await removeAbandonedHomes(binaries, home.user);
    password = await ensureCluster(home, binaries, true);
    postmaster = await startServer(home, binaries, { preferredPort: recorded?.port });
    onMessage(`Postgres ${major} listens on 127.0.0.1:${postmaster.port}`);
  }
  const { pid, port } = postmaster;
  const { directory, dataDirectory } = home;
  const identity = processIdentity(pid) ?? '';
  await writeState(dataRoot, {
    format: 1,
    major,
    home: directory,
    dataDirectory,
    port,
    password,
    process: { pid, identity },
  });
  return { url: serverUrl(port, password), major, port, dataDirectory };
}

/** A postmaster that lives already, once it is ready; undefined once there is none, also after it has finished stopping. */
async function settledPostmaster(home: Home): Promise<Postmaster | undefined> {
  const found = await livePostmaster(home.dataDirectory);
  if (found?.status !== 'stopping') return found && readyPostmaster(home.dataDirectory, settleTimeoutMs);
  await poll(async () => ((await livePostmaster(home.dataDirectory)) ? undefined : true), settleTimeoutMs);
  return undefined;
}

/** The real path, because the postmaster is recognised by the path it was started with. */
async function makeDataRoot(dataRoot: string): Promise<string> {
  await mkdir(dirname(dataRoot), { recursive: true });
  await makeTraversable(dataRoot);
  return realpath(dataRoot);
}
