import { realpath } from 'node:fs/promises';
import { defaultDataRoot } from '../config';
import { findHome } from './home';
import { postgresMajors, type PostgresMajor, type PostgresOptions } from './model';
import { pathExists } from '../system/path-exists';
import { livePostmaster } from './postmaster-file';
import { readState } from './state-file';

/** One major version's development server, as it is. Holds no password. */
export interface PostgresStatus {
  readonly major: PostgresMajor;
  /** `absent`: never started here. `starting` and `stopping` pass by themselves. */
  readonly state: 'absent' | 'stopped' | 'starting' | 'running' | 'stopping';
  readonly port: number | null;
  readonly pid: number | null;
  readonly dataDirectory: string | null;
  readonly logFile: string | null;
}

/** What `status` shows: every major version, or the one named. Changes nothing. */
export async function postgresStatus(options: PostgresOptions = {}): Promise<PostgresStatus[]> {
  const { dataRoot = defaultDataRoot } = options;
  const root = (await pathExists(dataRoot)) ? await realpath(dataRoot) : dataRoot;
  const wanted = options.major ? [options.major] : postgresMajors;
  return Promise.all(wanted.map((major) => statusOf(root, major)));
}

async function statusOf(dataRoot: string, major: PostgresMajor): Promise<PostgresStatus> {
  const recorded = readState(dataRoot, major);
  const home = await findHome(dataRoot, major, recorded?.home);
  if (!home || !(await pathExists(home.dataDirectory))) {
    return { major, state: 'absent', port: null, pid: null, dataDirectory: null, logFile: null };
  }
  const { dataDirectory, logFile } = home;
  const postmaster = await livePostmaster(dataDirectory);
  if (!postmaster) return { major, state: 'stopped', port: null, pid: null, dataDirectory, logFile };
  const { pid, port, status } = postmaster;
  const state = status === 'ready' ? 'running' : status === 'stopping' ? 'stopping' : 'starting';
  return { major, state, port, pid, dataDirectory, logFile };
}
