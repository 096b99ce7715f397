/**
 * Starts and stops the process of one home. Says nothing about who else may want to: callers hold a lock, or own the home
 * alone. The server is a daemon in a session of its own: it outlives the command that started it.
 */
import { spawn } from 'node:child_process';
import { open, readFile, rm } from 'node:fs/promises';
import { serverEnvironment } from '../config';
import { DevServicesError, systemErrorCode } from '../errors';
import { freePort } from '../system/free-port';
import { poll } from '../system/poll';
import { processIdentity } from '../system/process-identity';
import { answersAsNats } from './answers-as-nats';
import { livePid, prepareHome, type NatsHome, type NatsSettings } from './home';

/** JetStream reads its streams before it listens. */
const startTimeoutMs = 60_000;
const stopTimeoutMs = 60_000;
const portTimeoutMs = 1_000;
/** Another process may take the port we chose. */
const startAttempts = 5;
const shownLines = 15;

/** @throws DevServicesError CANNOT_START */
export async function startNats(
  home: NatsHome,
  program: string,
  preferredPort?: number,
): Promise<NatsSettings> {
  for (let attempt = 0; attempt < startAttempts; attempt++) {
    const settings = await prepareHome(home, await portFor(preferredPort));
    if (await launch(home, program, settings.port)) return settings;
  }
  const log = await readFile(home.logFile, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return '';
  });
  throw new DevServicesError(
    'CANNOT_START',
    `starting ${program} failed: its own words follow and are in ${home.logFile}; remove ${home.directory} to start with an ` +
      `empty server, or set NATS_URL to a server of your own\n${log.trimEnd().split('\n').slice(-shownLines).join('\n')}`,
  );
}

/** A server that was killed a moment ago may still hold its port while the system takes it apart. */
async function portFor(preferred?: number): Promise<number> {
  if (preferred === undefined) return freePort();
  const same = async () => ((await freePort(preferred)) === preferred ? preferred : undefined);
  return (await poll(same, portTimeoutMs)) ?? freePort();
}

/** @returns whether it came up; false when it ended before that */
async function launch(home: NatsHome, program: string, port: number): Promise<boolean> {
  await rm(home.pidFile, { force: true });
  const log = await open(home.logFile, 'a', 0o600);
  try {
    const child = spawn(program, ['--config', home.configFile], {
      cwd: home.directory,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    });
    let hasEnded = false;
    child.once('error', () => (hasEnded = true));
    child.once('exit', () => (hasEnded = true));
    const isUp = await poll(async () => {
      if (hasEnded) return false;
      return ((await answersAsNats(port)) && (await livePid(home)) !== undefined) || undefined;
    }, startTimeoutMs);
    if (isUp === undefined) child.kill('SIGKILL');
    child.unref();
    return isUp === true;
  } finally {
    await log.close();
  }
}

/**
 * Ends a home's server, which first writes what it holds, and waits until it has. Resolves with false when none was running.
 * @throws DevServicesError CANNOT_STOP
 */
export async function stopNatsServer(home: NatsHome): Promise<boolean> {
  const ended = await end(home, 'SIGTERM', stopTimeoutMs);
  if (ended !== 'still there') return ended === 'ended';
  throw new DevServicesError(
    'CANNOT_STOP',
    `the NATS server in ${home.directory} did not stop within ${stopTimeoutMs / 1_000} seconds; its words are in ${home.logFile}`,
  );
}

/** SIGKILL, as a crash would have it; resolves when it is gone. */
export async function killNatsServer(home: NatsHome): Promise<void> {
  await end(home, 'SIGKILL', stopTimeoutMs);
}

async function end(
  home: NatsHome,
  signal: NodeJS.Signals,
  timeoutMs: number,
): Promise<'none' | 'ended' | 'still there'> {
  const pid = await livePid(home);
  if (pid === undefined) return 'none';
  const identity = processIdentity(pid);
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemErrorCode(error) !== 'ESRCH') throw error;
  }
  const gone = await poll(async () => processIdentity(pid) !== identity || undefined, timeoutMs);
  return gone ? 'ended' : 'still there';
}
