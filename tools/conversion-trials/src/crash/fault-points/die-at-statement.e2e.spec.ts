import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inheritedEnvironment } from '@hockey-hub/migrator/src/testing/migrator-tests.config';
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { eventually } from '@hockey-hub/shared-lib/src/testing/eventually';
import { Client } from 'pg';
import { armProcess, type FaultRecord } from './fault-orders';

const WORKSPACE = join(__dirname, '../../../../..');
/** What the process that is to die does: 3 moments each, of the 6 statements, in this order. */
const PROGRAM = `
  const { Client } = require('pg');
  const { from, to } = require('pg-copy-streams');
  const { pipeline } = require('node:stream/promises');
  const { Readable } = require('node:stream');
  (async () => {
    const client = new Client({ connectionString: process.argv[1] });
    await client.connect();
    await client.query('BEGIN');
    await client.query({ name: 'one', text: 'INSERT INTO marks VALUES ($1)', values: [17] });
    await client.query('COMMIT');
    await pipeline(Readable.from(['18\\n', '19\\n']), client.query(from('COPY marks FROM STDIN')));
    await new Promise((resolve) => client.query("INSERT INTO marks VALUES (20)", resolve));
    for await (const piece of client.query(to('COPY marks TO STDOUT'))) void piece;
    await client.end();
  })();`;
const MOMENTS = {
  beforeCommit: 7,
  commitAnswered: 9,
  copySent: 11,
  copyAnswered: 12,
  callbackAnswered: 15,
  readingSent: 17,
};

let database: TestDatabase;
let client: Client;
beforeEach(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('CREATE TABLE marks (mark int)');
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

async function run(
  diesAt: number,
  passed: readonly string[] = [],
): Promise<FaultRecord & { signal: string | null }> {
  const services = { [new URL(database.url).pathname.slice(1)]: 'user-service' };
  const armed = await armProcess({ phase: 'Marks', services, passed, diesAt });
  try {
    const child = spawn(process.execPath, [...armed.nodeArguments, '--eval', PROGRAM, database.url], {
      cwd: WORKSPACE,
      env: { ...inheritedEnvironment(), ...armed.env },
      stdio: 'inherit',
    });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return { ...(await armed.read()), signal };
  } finally {
    await armed.dispose();
  }
}

/** When the sessions of the dead process have noticed. */
async function marks(): Promise<number[]> {
  await eventually('the process is gone', async () => {
    const { rows } = await client.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    return rows.length === 0;
  });
  const { rows } = await client.query<{ mark: number }>('SELECT mark FROM marks ORDER BY mark');
  return rows.map(({ mark }) => mark);
}

it('dies before a statement is sent', async () => {
  const { died, signal } = await run(MOMENTS.beforeCommit);
  expect([died, signal]).toEqual([
    'user-service Marks: INSERT INTO marks VALUES ($#) -> COMMIT, before',
    'SIGKILL',
  ]);
  expect(await marks()).toEqual([]);
});

it('dies when the answer is there', async () => {
  const { died } = await run(MOMENTS.commitAnswered);
  expect(died).toBe('user-service Marks: INSERT INTO marks VALUES ($#) -> COMMIT, answered');
  expect(await marks()).toEqual([17]);
});

it('dies in the middle of a stream, and after it', async () => {
  const { died } = await run(MOMENTS.copySent);
  expect(died).toBe('user-service Marks: COMMIT -> COPY marks FROM STDIN, sent');
  expect(await marks()).toEqual([17]);
  expect((await run(MOMENTS.copyAnswered)).died).toBe(
    'user-service Marks: COMMIT -> COPY marks FROM STDIN, answered',
  );
  expect(await marks()).toEqual([17, 17, 18, 19]);
});

it('dies in the middle of reading', async () => {
  expect((await run(MOMENTS.readingSent)).died).toMatch(/-> COPY marks TO STDOUT, sent$/);
  expect(await marks()).toEqual([17, 18, 19, 20]);
});

it('knows statements with a callback', async () => {
  expect((await run(MOMENTS.callbackAnswered)).died).toMatch(/INSERT INTO marks VALUES \(#\), answered$/);
  expect(await marks()).toEqual([17, 18, 19, 20]);
});

it('counts from where earlier processes have been, and lives when nothing is left', async () => {
  const first = await run(MOMENTS.beforeCommit);
  expect(first.passed).toHaveLength(MOMENTS.beforeCommit);
  const next = await run(1, first.passed);
  expect(next.died).toBe('user-service Marks: INSERT INTO marks VALUES ($#) -> COMMIT, sent');
  const last = await run(100);
  expect([last.died, last.signal, last.passed.length]).toEqual([undefined, null, 18]);
});
