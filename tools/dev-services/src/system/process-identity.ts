import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../errors';
import type { ServerUser } from './user';
import { runProgram } from './run-program';

/** What `processIdentity` answers for a live process where the system has no cheap start time (not Linux). */
export const unprovenIdentity = 'alive';

/**
 * Names a live process so that no later process with the same pid has the same name, not even after a
 * restart of the machine. Undefined when no such process lives; a zombie does not.
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform !== 'linux') return isSignalable(pid) ? unprovenIdentity : undefined;
  const stat = readProc(`${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field, the program's name, may hold spaces and parentheses: count from behind it.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return undefined;
  const bootId = readProc('sys/kernel/random/boot_id') ?? '';
  const startedAtTicks = rest[18];
  return `${bootId.trim()}/${startedAtTicks}`;
}

/** Whether `pid` is the live server that was started with `path` among its arguments, and not a stranger who got its number. */
export async function isServerOf(pid: number, path: string): Promise<boolean> {
  if (processIdentity(pid) === undefined) return false;
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') {
    return (readProc(`${pid}/cmdline`) ?? '').split('\0').includes(path);
  }
  const listed = await runProgram('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  return listed.output.includes(path);
}

/**
 * The server processes that work in a data directory: what a killed postmaster leaves behind until each has
 * finished its query. Knows only Linux; empty elsewhere.
 */
export async function serverProcessesIn(dataDirectory: string, user?: ServerUser): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  // Asked as the server's user: in a container even root may not see where another user's process works.
  const script = 'for p in /proc/[0-9]*; do [ "$p/cwd" -ef "$1" ] && echo "${p#/proc/}"; done; :';
  const listed = await runProgram('/bin/sh', ['-c', script, 'sh', dataDirectory], user);
  const pids = listed.output.split('\n').filter(Boolean).map(Number);
  // Somebody's shell may be there too.
  return pids.filter((pid) => readProc(`${pid}/comm`)?.trim() === 'postgres');
}

function isSignalable(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process refuses our signal, but it lives.
    return systemErrorCode(error) === 'EPERM';
  }
}

/** Synchronous: the kernel answers from memory, sooner than a thread of the pool would get its turn. */
function readProc(name: string): string | undefined {
  try {
    return readFileSync(join('/proc', name), 'utf8');
  } catch (error) {
    // Processes end while we look at them, and some belong to others.
    if (!['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(systemErrorCode(error) ?? '')) throw error;
    return undefined;
  }
}
