import { realpath } from 'node:fs/promises';
import { defaultDataRoot } from '../config';
import { pathExists } from '../system/path-exists';
import { runningNats } from './ensure-nats';
import { developmentNatsHome, livePid } from './home';
import type { NatsOptions } from './model';

/** The development server, as it is. Holds no password. */
export interface NatsStatus {
  /** `absent`: never started here. `starting`, which passes by itself: it lives and does not answer yet. */
  readonly state: 'absent' | 'stopped' | 'starting' | 'running';
  readonly port: number | null;
  readonly pid: number | null;
  readonly storeDirectory: string | null;
  readonly logFile: string | null;
}

/** Changes nothing. */
export async function natsStatus(options: NatsOptions = {}): Promise<NatsStatus> {
  const { dataRoot = defaultDataRoot } = options;
  const home = developmentNatsHome((await pathExists(dataRoot)) ? await realpath(dataRoot) : dataRoot);
  if (!(await pathExists(home.settingsFile))) {
    return { state: 'absent', port: null, pid: null, storeDirectory: null, logFile: null };
  }
  const { storeDirectory, logFile } = home;
  const pid = await livePid(home);
  if (pid === undefined) return { state: 'stopped', port: null, pid: null, storeDirectory, logFile };
  const running = await runningNats(home);
  return {
    state: running ? 'running' : 'starting',
    port: running?.port ?? null,
    pid,
    storeDirectory,
    logFile,
  };
}
