/**
 * Where nats-server is: on the PATH, else Debian's package unpacked in the data folder, which installs nothing. No npm
 * package ships the server.
 */
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { packageManagerEnvironment } from '../config';
import { DevServicesError, systemErrorCode } from '../errors';
import { runProgram } from '../system/run-program';

const PROGRAM = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
const PACKAGE = 'nats-server';

/**
 * @returns the path of a nats-server that can be run
 * @throws DevServicesError NATS_NOT_INSTALLED with the command that installs it on this platform
 */
export async function locateNats(
  dataRoot: string,
  onMessage: (line: string) => void,
  env = packageManagerEnvironment(),
): Promise<string> {
  const unpacked = join(dataRoot, 'nats-server', 'usr', 'sbin', PROGRAM);
  const found = (await onPath(env)) ?? ((await isExecutable(unpacked)) ? unpacked : undefined);
  if (found) return found;
  const problem = await unpackDebianPackage(dataRoot, onMessage, env);
  if (problem === undefined && (await isExecutable(unpacked))) return unpacked;
  throw new DevServicesError(
    'NATS_NOT_INSTALLED',
    `nats-server is not on the PATH${problem === undefined ? '' : ` and could not be fetched (${problem})`}; ` +
      `install it (${installCommand()}), or set NATS_URL to a server of your own with JetStream`,
  );
}

async function onPath(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const folder of folders) {
    const path = join(folder, PROGRAM);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch (error) {
    if (!['ENOENT', 'EACCES', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) throw error;
    return false;
  }
}

/**
 * Appears whole, by a rename. apt checks the package's signature.
 * @returns why it could not be done
 */
async function unpackDebianPackage(
  dataRoot: string,
  onMessage: (line: string) => void,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  await mkdir(dataRoot, { recursive: true });
  const workplace = await mkdtemp(join(dataRoot, 'nats-server-'));
  try {
    onMessage('Fetching nats-server from the packages of this system (once)');
    const problem = await download(workplace, env);
    if (problem !== undefined) return problem;
    const file = (await readdir(workplace)).find((name) => name.endsWith('.deb'));
    if (file === undefined) return 'apt-get download left no package';
    const unpacked = await runProgram('dpkg', ['-x', join(workplace, file), join(workplace, 'unpacked')]);
    if (!unpacked.succeeded) return lastLine(unpacked.output);
    return await putInPlace(join(workplace, 'unpacked'), join(dataRoot, 'nats-server'));
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

/** Somebody else may be faster, and what he put there is as good. */
async function putInPlace(unpacked: string, place: string): Promise<undefined> {
  try {
    await rename(unpacked, place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}

/** apt's lists are missing in a new container and belong to root elsewhere, so the second attempt makes its own. */
async function download(workplace: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const apt = (...args: readonly string[]) => runProgram('apt-get', args, undefined, { cwd: workplace, env });
  if ((await apt('download', PACKAGE)).succeeded) return undefined;
  const lists = join(workplace, 'lists');
  const cache = join(workplace, 'cache');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  const own = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`];
  await apt(...own, 'update');
  const { succeeded, output } = await apt(...own, 'download', PACKAGE);
  return succeeded ? undefined : lastLine(output);
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}

function installCommand(): string {
  switch (process.platform) {
    case 'darwin':
      return 'brew install nats-server';
    case 'win32':
      return 'winget install NATSAuthors.NATSServer';
    default:
      return 'sudo apt-get install nats-server, or the package of your system';
  }
}
