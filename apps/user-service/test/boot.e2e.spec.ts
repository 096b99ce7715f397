import { createMigratedDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { userDatabase } from '../src/user-database';

const WORKSPACE = join(__dirname, '../../..');

let database: TestDatabase;
let child: ChildProcess | undefined;

beforeAll(async () => {
  database = await createMigratedDatabase(userDatabase);
});
afterEach(() => {
  child?.kill('SIGKILL');
});
afterAll(() => database?.drop());

/** Starts src/main.ts with nothing in its environment but what it needs. */
function start(env: Record<string, string>): ChildProcess {
  child = spawn(process.execPath, ['--require', '@swc-node/register', join(__dirname, '../src/main.ts')], {
    cwd: WORKSPACE,
    env: { TS_NODE_PROJECT: join(WORKSPACE, 'tsconfig.base.json'), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return child;
}

interface Line {
  level: string;
  msg: string;
  port: number;
  faults?: unknown[];
}

/** The first log line that is looked for; undefined when the process ends without it. */
async function logLine(process: ChildProcess, wanted: (line: Line) => boolean): Promise<Line | undefined> {
  for await (const text of createInterface({ input: process.stdout! })) {
    const line = JSON.parse(text) as Line;
    if (wanted(line)) return line;
  }
  return undefined;
}

it('boots on the migrated database, serves, and ends when told to', async () => {
  const service = start({ USER_SERVICE_DATABASE_URL: database.url, PORT: '0' });
  const listening = await logLine(service, ({ msg }) => msg === 'listening');
  const base = `http://127.0.0.1:${listening!.port}`;
  expect((await fetch(`${base}/health/ready`)).status).toBe(200);
  expect((await fetch(`${base}/docs`)).status).toBe(200);
  expect((await fetch(`${base}/roles`)).status).toBe(200);

  service.kill('SIGTERM');
  expect(await once(service, 'exit')).toEqual([0, null]);
});

it('says which variables are missing, and ends with 1', async () => {
  const service = start({});
  const exit = once(service, 'exit');
  const fatal = await logLine(service, ({ level }) => level === 'fatal');
  expect(fatal!.msg).toContain('USER_SERVICE_DATABASE_URL');
  expect(await exit).toEqual([1, null]);
});
