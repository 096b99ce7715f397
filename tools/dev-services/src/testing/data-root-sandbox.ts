import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseServerUser } from '../postgres/server-user';
import { sharedDirectory } from '../postgres/shared-directory';
import { stopPostgres } from '../postgres/stop-postgres';

/** A workspace's `.data` for one test. Its name says nothing yet: it is created by whoever starts a server. */
export interface DataRootSandbox {
  readonly dataRoot: string;
  /** Stops the servers and removes all they left, also outside the workspace. */
  remove(): Promise<void>;
}

/** @param mode of the folder that stands for the workspace; 0o700 closes it to the server's user. */
export async function makeDataRootSandbox(mode = 0o755): Promise<DataRootSandbox> {
  const workspace = await realpath(await mkdtemp(join(tmpdir(), 'hockey-hub-workspace-')));
  await chmod(workspace, mode);
  const dataRoot = join(workspace, '.data');
  return {
    dataRoot,
    async remove() {
      await stopPostgres({ dataRoot });
      const shared = await sharedDirectory(dataRoot, await chooseServerUser());
      await rm(shared, { recursive: true, force: true });
      await rm(workspace, { recursive: true, force: true });
    },
  };
}
