/** Owns servers that live as long as a test: each in a directory of its own, thrown away at the end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDataRoot } from '../config';
import { abandonedDirectories, ownedName, recordOwner } from '../system/owned-directory';
import { natsHomeAt, type NatsHome } from './home';
import { locateNats } from './locate-program';
import { natsUrl, type NatsServer } from './model';
import { killNatsServer, startNats, stopNatsServer } from './server-process';

const temporaryPrefix = 'hockey-hub-test-nats-';

export interface TemporaryNats extends NatsServer {
  /** Ends the server and removes its directory. Does nothing the second time. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. Its streams stay for `restart`. */
  kill(): Promise<void>;
  /** Stops the server if it runs and starts it again, on the same port. */
  restart(): Promise<void>;
  /** Removes every stream and consumer, as a lost disk would. Only while the server does not run. */
  loseStore(): Promise<void>;
}

/**
 * Starts a server that nobody else uses, and first removes those whose owner was killed.
 * @throws DevServicesError NATS_NOT_INSTALLED, CANNOT_START
 */
export async function startTemporaryNats(): Promise<TemporaryNats> {
  const program = await locateNats(defaultDataRoot, () => undefined);
  for (const directory of await abandonedDirectories(tmpdir(), temporaryPrefix)) {
    await killNatsServer(natsHomeAt(directory));
    await remove(directory);
  }
  const directory = await mkdtemp(join(tmpdir(), ownedName(temporaryPrefix)));
  try {
    await recordOwner(directory);
    return await run(natsHomeAt(directory), program);
  } catch (error) {
    await remove(directory);
    throw error;
  }
}

async function run(home: NatsHome, program: string): Promise<TemporaryNats> {
  let { port, password } = await startNats(home, program);
  return {
    get url() {
      return natsUrl(port, password);
    },
    get port() {
      return port;
    },
    storeDirectory: home.storeDirectory,
    async stop() {
      await killNatsServer(home);
      await remove(home.directory);
    },
    kill: () => killNatsServer(home),
    async restart() {
      await stopNatsServer(home);
      ({ port, password } = await startNats(home, program, port));
    },
    loseStore: () => remove(home.storeDirectory),
  };
}

function remove(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
