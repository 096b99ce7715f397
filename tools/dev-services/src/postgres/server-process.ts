/**
 * Starts and stops the process of one home. Says nothing about who else may want to: callers hold a lock, or
 * own the home alone. pg_ctl makes the server a daemon in a session of its own, so it outlives the command
 * that started it and a Ctrl-C in that command's terminal.
 */
import { systemErrorCode } from '../errors';
import { freePort } from '../system/free-port';
import { rotateLog, type Home } from './home';
import type { Binaries } from './locate-binaries';
import { poll } from '../system/poll';
import {
  livePostmaster,
  readyPostmaster,
  removeStalePostmasterFile,
  type Postmaster,
} from './postmaster-file';
import { processIdentity, serverProcessesIn } from '../system/process-identity';
import { runProgram } from '../system/run-program';
import { serverFailure } from './server-failure';
import { writeSettings, type Settings } from './server-settings';

/** Long, because recovery after a crash reads what was not yet checkpointed. */
const startTimeoutSeconds = 300;
const stopTimeoutSeconds = 60;
/** How long the system may take to clear away a killed process. */
const goneTimeoutMs = 10_000;
/** Another process may take the port we chose, or kill our pg_ctl. A failure of another kind costs these attempts half a second. */
const startAttempts = 5;

export interface StartOptions {
  preferredPort?: number;
  settings?: Settings;
}

/** @throws DevServicesError CANNOT_START, DISK_FULL */
export async function startServer(
  home: Home,
  binaries: Binaries,
  options: StartOptions = {},
): Promise<Postmaster> {
  let printed = '';
  for (let attempt = 0; attempt < startAttempts; attempt++) {
    await killSurvivors(home);
    await removeStalePostmasterFile(home.dataDirectory);
    const port = await freePort(options.preferredPort);
    await writeSettings(home, port, options.settings);
    await rotateLog(home);
    const args = ['start', '--silent', '--pgdata', home.dataDirectory, '--log', home.logFile];
    args.push('--wait', '--timeout', String(startTimeoutSeconds));
    printed = (await runProgram(binaries.pgCtl, args, home.user)).output;
    // The postmaster's own word, not pg_ctl's: another one may have been faster, or pg_ctl may have been killed.
    const running = await readyPostmaster(home.dataDirectory, startTimeoutSeconds * 1000);
    if (running) return running;
  }
  throw await serverFailure('CANNOT_START', `starting Postgres ${binaries.major}`, home, printed);
}

/**
 * Ends a home's server and waits until it has. `fast` disconnects clients and writes a checkpoint, `immediate`
 * leaves recovery to the next start. Resolves with false when none was running.
 * @throws DevServicesError CANNOT_STOP
 */
export async function stopServer(
  home: Home,
  binaries: Binaries,
  mode: 'fast' | 'immediate',
): Promise<boolean> {
  if (!(await livePostmaster(home.dataDirectory))) {
    await killSurvivors(home);
    return false;
  }
  const args = ['stop', '--silent', '--pgdata', home.dataDirectory, '--mode', mode];
  args.push('--wait', '--timeout', String(stopTimeoutSeconds));
  const stopped = await runProgram(binaries.pgCtl, args, home.user);
  if (await livePostmaster(home.dataDirectory)) {
    throw await serverFailure('CANNOT_STOP', `stopping Postgres ${binaries.major}`, home, stopped.output);
  }
  return true;
}

/** SIGKILL for the postmaster alone, as a crash would have it; resolves when it is gone. */
export async function killServer(home: Home): Promise<void> {
  const postmaster = await livePostmaster(home.dataDirectory);
  if (!postmaster) return;
  const identity = processIdentity(postmaster.pid);
  killIfAlive(postmaster.pid);
  await poll(async () => processIdentity(postmaster.pid) !== identity || undefined, goneTimeoutMs);
}

/**
 * Sessions of a postmaster that was killed go on until their query ends, and Postgres rightly refuses to start
 * beside them.
 */
async function killSurvivors(home: Home): Promise<void> {
  if (await livePostmaster(home.dataDirectory)) return;
  const survivors = () => serverProcessesIn(home.dataDirectory, home.user);
  for (const pid of await survivors()) killIfAlive(pid);
  await poll(async () => (await survivors()).length === 0 || undefined, goneTimeoutMs);
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (systemErrorCode(error) !== 'ESRCH') throw error;
  }
}
