import { rm } from 'node:fs/promises';
import { abandonedDirectories } from '../system/owned-directory';
import { homeAt } from './home';
import type { Binaries } from './locate-binaries';
import { ownerToRunAs } from './server-user';
import { stopServer } from './server-process';

/** The start of a temporary server's directory name. */
export const temporaryPrefix = 'hockey-hub-test-postgres-';

/** Stops and removes the temporary servers in `parent` whose owner was killed before it could do so. */
export async function removeAbandonedServers(parent: string, binaries: Binaries): Promise<void> {
  for (const directory of await abandonedDirectories(parent, temporaryPrefix)) {
    const home = homeAt(directory, await ownerToRunAs(directory));
    // Any version's pg_ctl can stop any version's server.
    await stopServer(home, binaries, 'immediate');
    await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
