/** What may go wrong between two commands, done for real. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Client } from 'pg';
import { makeDataRootSandbox, type DataRootSandbox } from '../testing/data-root-sandbox';
import { query } from '../testing/query';
import { startEnsureProgram } from '../testing/start-program';
import { ensurePostgres } from './ensure-postgres';
import { homeAt } from './home';
import { postgresStatus } from './postgres-status';
import { processIdentity } from '../system/process-identity';
import { killServer } from './server-process';
import { ownerToRunAs } from './server-user';
import { readState, writeState } from './state-file';
import { stopPostgres } from './stop-postgres';

let sandbox: DataRootSandbox;
let dataRoot: string;
beforeEach(async () => {
  sandbox = await makeDataRootSandbox();
  dataRoot = sandbox.dataRoot;
});
afterEach(() => sandbox.remove());

const ask = (url: string) => query(url, 'SELECT 1 AS one');
const answer = [{ one: 1 }];
const home = () => homeAt(join(dataRoot, 'postgres-18'), undefined);
const pidNow = async () => (await postgresStatus({ dataRoot, major: 18 }))[0]?.pid;

test.each(['', '{"format":1,"maj'])('adopts an orphan when the state file reads "%s"', async (content) => {
  const server = await ensurePostgres({ dataRoot });
  const pid = await pidNow();
  await writeFile(join(dataRoot, 'postgres-18.json'), content);
  expect(await ensurePostgres({ dataRoot })).toEqual(server);
  expect(await pidNow()).toBe(pid);
  expect(await ask(server.url)).toEqual(answer);
});

test('recovers from a kill -9 of the server, even while a session of it is busy', async () => {
  const server = await ensurePostgres({ dataRoot });
  await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  const busy = new Client({ connectionString: server.url });
  const ended = once(busy, 'error');
  await busy.connect();
  const endless = expect(busy.query('SELECT count(*) FROM generate_series(1, 1e12)')).rejects.toThrow();

  await killServer(home());
  expect(await postgresStatus({ dataRoot, major: 18 })).toMatchObject([{ state: 'stopped' }]);
  const again = await ensurePostgres({ dataRoot });
  expect(again.url).toBe(server.url);
  expect(await query(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await Promise.all([ended, endless]);
});

test('starts although the pid in postmaster.pid and in the state file is now a stranger', async () => {
  const server = await ensurePostgres({ dataRoot });
  const pid = await pidNow();
  await killServer(home());
  const stranger = await startStranger();
  try {
    const file = join(server.dataDirectory, 'postmaster.pid');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(String(pid), String(stranger.pid)));
    const state = readState(dataRoot, 18);
    if (!state?.process) throw new Error('the running server is not recorded');
    await writeState(dataRoot, { ...state, process: { ...state.process, pid: stranger.pid ?? 0 } });

    const again = await ensurePostgres({ dataRoot });
    expect(await ask(again.url)).toEqual(answer);
    expect(processIdentity(stranger.pid ?? 0)).toBeDefined();
  } finally {
    stranger.kill('SIGKILL');
  }
});

test('takes another port when somebody has taken the recorded one', async () => {
  const first = await ensurePostgres({ dataRoot });
  await stopPostgres({ dataRoot });
  const squatter = createServer((socket) => socket.destroy());
  squatter.listen(first.port, '127.0.0.1');
  await once(squatter, 'listening');
  try {
    const second = await ensurePostgres({ dataRoot });
    expect(second.port).not.toBe(first.port);
    expect(await ask(second.url)).toEqual(answer);
    expect(await ensurePostgres({ dataRoot })).toEqual(second);
  } finally {
    squatter.close();
  }
});

test('goes on after a kill -9 of the command that was starting the server', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`kill -9 of a starting command: seed ${seed}`);
  for (let round = 0; round < 3; round++) {
    const { child, server } = startEnsureProgram(dataRoot);
    const outcome = server.then(
      () => 'it was faster',
      (error: Error) => error.message,
    );
    // Not synchronisation: the moment of the fault. From before the lock to the end of the start.
    await after(500 + ((seed * (round + 1)) % 1500));
    child.kill('SIGKILL');
    const end = await outcome;
    if (end === 'it was faster') break;
    expect(end).toContain('SIGKILL');
  }
  const recovered = await ensurePostgres({ dataRoot });
  expect(await ask(recovered.url)).toEqual(answer);
  expect((await readdir(join(dataRoot, 'postgres-18'))).filter((name) => name.startsWith('initdb-'))).toEqual(
    [],
  );
}, 60_000);

test('goes on after a kill -9 of initdb and of pg_ctl', async () => {
  for (const program of ['initdb', 'pg_ctl']) {
    const running = startEnsureProgram(dataRoot);
    const settled = running.server.then(
      () => 'started',
      () => 'failed',
    );
    await killChildOf(running.child, program);
    expect(['started', 'failed']).toContain(await settled);
    const recovered = await ensurePostgres({ dataRoot });
    expect(await ask(recovered.url)).toEqual(answer);
    await stopPostgres({ dataRoot });
    if (program === 'initdb') await rm(dataRoot, { recursive: true });
  }
}, 60_000);

/** A process of the same user as the server's, which a pid written down before a restart may point at. */
async function startStranger(): Promise<ChildProcess> {
  const user = await ownerToRunAs(home().directory);
  const stranger = spawn('sleep', ['600'], { cwd: '/', uid: user?.uid, gid: user?.gid, stdio: 'ignore' });
  await once(stranger, 'spawn');
  return stranger;
}

/** Kills a program as soon as `parent` has started it. Linux only: elsewhere nothing is killed. */
async function killChildOf(parent: ChildProcess, program: string): Promise<void> {
  if (process.platform !== 'linux') return;
  while (parent.exitCode === null && parent.signalCode === null) {
    const children = await readFile(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8').catch(
      () => '',
    );
    for (const pid of children.split(' ').filter(Boolean)) {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
      if (name.trim() !== program) continue;
      process.kill(Number(pid), 'SIGKILL');
      return;
    }
    await after(1);
  }
}
