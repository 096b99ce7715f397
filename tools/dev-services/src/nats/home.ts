/**
 * A home is the directory of one NATS server, closed to everybody but us:
 *
 *   settings.json   port and password; written before the server starts, so there is none whose password is unknown
 *   nats.conf       the same in the server's own language, written at every start
 *   nats.pid        the server's own word that it runs
 *   jetstream/      the streams
 *   server.log      of the current run; server.log.1 of the one before
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../errors';
import { pathExists } from '../system/path-exists';
import { isServerOf } from '../system/process-identity';
import { writeFileAtomically } from '../system/write-file-atomically';
import { natsUser } from './model';

export interface NatsHome {
  readonly directory: string;
  readonly settingsFile: string;
  readonly configFile: string;
  readonly pidFile: string;
  readonly storeDirectory: string;
  readonly logFile: string;
}

export interface NatsSettings {
  readonly format: 1;
  readonly port: number;
  readonly password: string;
}

export function natsHomeAt(directory: string): NatsHome {
  return {
    directory,
    settingsFile: join(directory, 'settings.json'),
    configFile: join(directory, 'nats.conf'),
    pidFile: join(directory, 'nats.pid'),
    storeDirectory: join(directory, 'jetstream'),
    logFile: join(directory, 'server.log'),
  };
}

/** The home of the development server. */
export function developmentNatsHome(dataRoot: string): NatsHome {
  return natsHomeAt(join(dataRoot, 'nats'));
}

/** Undefined where none are, and for an empty, cut-off or foreign file: they will be made anew. */
export async function readSettings(home: NatsHome): Promise<NatsSettings | undefined> {
  const text = await readIfThere(home.settingsFile);
  if (text === undefined) return undefined;
  let settings: Partial<NatsSettings> | null;
  try {
    settings = JSON.parse(text) as Partial<NatsSettings> | null;
  } catch {
    return undefined;
  }
  const complete =
    settings?.format === 1 && typeof settings.port === 'number' && typeof settings.password === 'string';
  return complete ? (settings as NatsSettings) : undefined;
}

/** Makes the home ready for a start on `port`; a password that is there stays. */
export async function prepareHome(home: NatsHome, port: number): Promise<NatsSettings> {
  await mkdir(home.storeDirectory, { recursive: true, mode: 0o700 });
  const password = (await readSettings(home))?.password ?? randomBytes(24).toString('base64url');
  const settings: NatsSettings = { format: 1, port, password };
  await writeFileAtomically(home.settingsFile, `${JSON.stringify(settings, null, 2)}\n`, 0o600);
  await writeFileAtomically(home.configFile, renderConfig(home, settings), 0o600);
  if (await pathExists(home.logFile)) await rename(home.logFile, `${home.logFile}.1`);
  return settings;
}

/** The pid of the server that lives in this home; undefined when none does. */
export async function livePid(home: NatsHome): Promise<number | undefined> {
  const pid = Number.parseInt((await readIfThere(home.pidFile)) ?? '', 10);
  return Number.isInteger(pid) && (await isServerOf(pid, home.configFile)) ? pid : undefined;
}

/** https://docs.nats.io/running-a-nats-service/configuration */
function renderConfig(home: NatsHome, { port, password }: NatsSettings): string {
  return [
    'listen: "127.0.0.1:' + port + '"',
    `pid_file: ${JSON.stringify(home.pidFile)}`,
    `authorization { user: ${natsUser}, password: ${JSON.stringify(password)} }`,
    `jetstream { store_dir: ${JSON.stringify(home.storeDirectory)} }`,
    '',
  ].join('\n');
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return undefined;
  }
}
