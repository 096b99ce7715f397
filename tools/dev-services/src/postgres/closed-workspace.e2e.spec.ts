/** A workspace in a folder that only its owner may enter, while the server runs as somebody else: root's everyday case. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeDataRootSandbox, type DataRootSandbox } from '../testing/data-root-sandbox';
import { query } from '../testing/query';
import { copyTree } from './copy-tree';
import { ensurePostgres } from './ensure-postgres';
import { binariesIn, locateBinaries } from './locate-binaries';
import { pathExists } from '../system/path-exists';
import { readyBinaries } from './ready-binaries';
import { runProgram } from '../system/run-program';
import { chooseServerUser } from './server-user';
import { readState } from './state-file';
import { stopPostgres } from './stop-postgres';

const isRoot = process.getuid?.() === 0;
let sandbox: DataRootSandbox;
beforeEach(async () => {
  sandbox = await makeDataRootSandbox(0o700);
});
afterEach(() => sandbox.remove());

test('the data go where the server can reach them, and are found again', async () => {
  const { dataRoot } = sandbox;
  const server = await ensurePostgres({ dataRoot });
  const outside = !server.dataDirectory.startsWith(dirname(dataRoot));
  expect(outside).toBe(isRoot);
  expect(readState(dataRoot, 18)?.dataDirectory).toBe(server.dataDirectory);
  expect((await stat(dirname(server.dataDirectory))).mode & 0o777).toBe(0o700);

  await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  expect(await stopPostgres({ dataRoot })).toEqual([18]);
  // Without the state file too: the place is named from the workspace's path.
  await rm(join(dataRoot, 'postgres-18.json'));
  const again = await ensurePostgres({ dataRoot });
  expect(again.dataDirectory).toBe(server.dataDirectory);
  expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('what a deleted workspace left outside is stopped and removed by the next start', async () => {
  const server = await ensurePostgres({ dataRoot: sandbox.dataRoot });
  await rm(dirname(sandbox.dataRoot), { recursive: true });
  const other = await makeDataRootSandbox();
  try {
    await ensurePostgres({ dataRoot: other.dataRoot });
    expect(await pathExists(server.dataDirectory)).toBe(false);
    // Inside the workspace nothing needs to be done: Postgres ends by itself when its data are gone.
    if (isRoot) await expect(query(server.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  } finally {
    await other.remove();
  }
});

test('the programs are copied to where the server can run them, once', async () => {
  const { dataRoot } = sandbox;
  const closed = await mkdtemp(join(tmpdir(), 'hockey-hub-closed-'));
  const installed = locateBinaries(18);
  try {
    await copyTree(installed.directory, join(closed, 'native'));
    const user = await chooseServerUser();
    const unreachable = binariesIn(join(closed, 'native'), 18, installed.version);
    const ready = await Promise.all([
      readyBinaries(unreachable, dataRoot, user),
      readyBinaries(unreachable, dataRoot, user),
    ]);
    expect(ready[0]).toEqual(ready[1]);
    expect(ready[0]?.directory === unreachable.directory).toBe(!isRoot);
    const version = await runProgram(ready[0]?.postgres ?? '', ['--version'], user);
    expect(version).toEqual({ succeeded: true, output: expect.stringContaining('(PostgreSQL) 18.') });
    if (isRoot) {
      const shared = dirname(dirname(ready[0]?.directory ?? ''));
      expect((await readdir(shared)).sort()).toEqual([`binaries-${installed.version}`, 'data-root']);
    }
  } finally {
    await rm(closed, { recursive: true });
  }
});
