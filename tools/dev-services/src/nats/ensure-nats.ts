/**
 * Owns the development server: one per workspace, started by whoever needs it first, shared by all, left running. Not its
 * job: streams (the services declare theirs), servers of tests (temporary-nats.ts), servers that NATS_URL names.
 *
 * Authoritative is the home. A kill -9 at any moment leaves what the next command can go on from: settings are written
 * before the server starts, and the server itself writes its pid.
 */
import { mkdir, realpath } from 'node:fs/promises';
import { defaultDataRoot } from '../config';
import { folderFailure } from '../system/folder-failure';
import { withLock } from '../system/with-lock';
import { answersAsNats } from './answers-as-nats';
import { developmentNatsHome, livePid, readSettings, type NatsHome, type NatsSettings } from './home';
import { locateNats } from './locate-program';
import { natsUrl, type NatsOptions, type NatsServer } from './model';
import { startNats, stopNatsServer } from './server-process';

/**
 * The development server, running.
 * @throws DevServicesError NATS_NOT_INSTALLED, CANNOT_START, LOCK_TIMEOUT, DATA_FOLDER_NOT_WRITABLE, DISK_FULL
 */
export async function ensureNats(options: NatsOptions = {}): Promise<NatsServer> {
  const { dataRoot = defaultDataRoot, onMessage = () => undefined, program } = options;
  try {
    await mkdir(dataRoot, { recursive: true });
    // The server is recognised by the path that it was started with.
    const root = await realpath(dataRoot);
    const home = developmentNatsHome(root);
    const running = await runningNats(home);
    if (running) return serverOf(home, running);
    return await withLock(root, async () => {
      const started =
        (await runningNats(home)) ??
        (await bringUp(home, program ?? (await locateNats(root, onMessage)), onMessage));
      return serverOf(home, started);
    });
  } catch (error) {
    throw folderFailure(dataRoot, error);
  }
}

/** The settings of the server that lives in the home and accepts connections. */
export async function runningNats(home: NatsHome): Promise<NatsSettings | undefined> {
  const settings = await readSettings(home);
  if (!settings || (await livePid(home)) === undefined) return undefined;
  return (await answersAsNats(settings.port)) ? settings : undefined;
}

async function bringUp(
  home: NatsHome,
  program: string,
  onMessage: (line: string) => void,
): Promise<NatsSettings> {
  // One that lives and does not answer, or whose settings were lost, is of no use to anybody.
  await stopNatsServer(home);
  onMessage(`Starting NATS in ${home.directory}`);
  const settings = await startNats(home, program, (await readSettings(home))?.port);
  onMessage(`NATS listens on 127.0.0.1:${settings.port}`);
  return settings;
}

function serverOf({ storeDirectory }: NatsHome, { port, password }: NatsSettings): NatsServer {
  return { url: natsUrl(port, password), port, storeDirectory };
}
