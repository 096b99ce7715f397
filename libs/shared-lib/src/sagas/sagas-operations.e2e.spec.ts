import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client, escapeIdentifier } from 'pg';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { Locker } from '../commands/specimen/locker.entity';
import { CommandClient } from '../commands/command-client';
import { CommandRefusal } from '../commands/command-errors';
import { TakePucksHandler } from '../commands/specimen/take-pucks.handler';
import { OperatorConfig } from '../http/operator.config';
import { NatsConnector } from '../nats/nats-connector';
import {
  createMigratedDatabase,
  createTestApp,
  testDatabaseConfig,
  useNats,
  type TestDatabase,
} from '../testing';
import { runSagasProgram } from './cli/sagas-program';
import type { SagaState } from './saga-progress';
import { Sagas } from './sagas';
import { SagaEngine } from './saga-engine';
import { SagasConfig } from './sagas.config';
import { lockerADatabase, lockerBDatabase } from './specimen/locker-database';
import { LockerAModule } from './specimen/locker-a.module';
import { LockerBModule } from './specimen/locker-b.module';
import { MOVE_PUCKS } from './specimen/move-pucks.saga';

// Applications are closed and begun, on a machine that may run other tests.
jest.setTimeout(60_000);

const TOKEN = 'a token for operators';
const nats = useNats();
let databases: TestDatabase[];
let role: { name: string; url: string };
let driver: NestExpressApplication;
let other: NestExpressApplication;
let sagas: Sagas;

beforeAll(async () => {
  databases = await Promise.all([lockerADatabase, lockerBDatabase].map(createMigratedDatabase));
  role = await rowsOnly(databases[0]!.url);
  driver = await startDriver();
  other = await createTestApp(LockerBModule, { database: databases[1]!, nats: nats(), service: 'locker-b' });
  sagas = driver.get(Sagas);
  await other.get(DataSource).getRepository(Locker).insert({ name: 'away', pucks: 0 });
}, 60_000);
afterAll(async () => {
  await driver?.close();
  await other?.close();
  await Promise.all((databases ?? []).map((database) => database.drop()));
  if (role) await onServer(databases[0]!.url, `DROP ROLE ${escapeIdentifier(role.name)}`);
});
beforeEach(async () => {
  driver.get(TakePucksHandler).onAttempt = () => Promise.resolve();
  const lockers = driver.get(DataSource).getRepository(Locker);
  await lockers.delete({ name: 'home' });
  await lockers.insert({ name: 'home', pucks: 1_000 });
});

/** The service that drives the sagas, as the role that production gives it. */
function startDriver(run = true): Promise<NestExpressApplication> {
  const config = Object.assign(new SagasConfig(), { run, pollIntervalMs: 50, recoveryIntervalMs: 200 });
  return createTestApp(LockerAModule, {
    ...{ database: { url: role.url }, nats: nats(), service: 'locker-a' },
    override: (builder) =>
      builder
        .overrideProvider(SagasConfig)
        .useValue(config)
        .overrideProvider(OperatorConfig)
        .useValue(Object.assign(new OperatorConfig(), { token: TOKEN })),
  });
}

/** A role that may change rows, as the migrator leaves it. */
async function rowsOnly(url: string): Promise<{ name: string; url: string }> {
  const name = `rows_only_${new URL(url).pathname.slice(-12)}`;
  await onServer(
    url,
    `CREATE ROLE ${name} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA public, dbos TO ${name};
     GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, dbos TO ${name};
     GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name};`,
  );
  return { name, url: Object.assign(new URL(url), { username: name, password: 'x' }).href };
}

async function onServer(url: string, sql: string): Promise<void> {
  const server = new URL(url);
  if (sql.startsWith('DROP ROLE')) server.pathname = '/postgres';
  const client = new Client({ connectionString: server.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const move = (count: number, id?: string) =>
  sagas.start(MOVE_PUCKS, { from: 'home', to: 'away', count }, { id });
const http = () => request(driver.getHttpServer());
const operate = (path: string) => http().post(`/operations/sagas/${path}`).auth(TOKEN, { type: 'bearer' });

async function reached(id: string, state: SagaState) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const saga = await sagas.inspect(id);
    if (saga.state === state) return saga;
    if (Date.now() > deadline) throw new Error(`${id} is ${JSON.stringify(saga)} and not ${state}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Runs the command line program; its lines and its status. */
async function program(...args: string[]): Promise<{ status: number; text: string }> {
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  const config = testDatabaseConfig(role.url);
  return {
    status: await runSagasProgram('locker-a', args, { out: add, err: add, config }),
    text: lines.join('\n'),
  };
}

it('runs as a role that may change rows alone', async () => {
  const id = await move(1);
  expect(await reached(id, 'finished')).toMatchObject({ result: { left: 999 } });
});

describe('a saga that cannot take a step back', () => {
  let id: string;
  beforeEach(async () => {
    driver.get(TakePucksHandler).onGiveBack = () =>
      Promise.reject(new CommandRefusal('LOCKED', 'it is locked'));
    id = await move(101);
    await reached(id, 'stuck');
    driver.get(TakePucksHandler).onGiveBack = () => Promise.resolve();
  });

  it('is shown, with what it waits for', async () => {
    const problem = { step: 'take', code: 'COMPENSATION_REFUSED', message: 'LOCKED: it is locked' };
    const { body } = await http()
      .get('/operations/sagas?state=stuck&saga=move-pucks')
      .auth(TOKEN, { type: 'bearer' })
      .expect(200);
    expect(body).toContainEqual(expect.objectContaining({ id, state: 'stuck', step: 'take', problem }));
    const one = await http().get(`/operations/sagas/${id}`).auth(TOKEN, { type: 'bearer' }).expect(200);
    expect(one.body).toMatchObject({
      ...{ input: { from: 'home', to: 'away', count: 101 }, isPastPivot: false, result: null, endedAt: null },
      reason: { kind: 'refused', step: 'put', code: 'LOCKER_FULL' },
      steps: [
        { name: 'take', state: 'undoing', attempts: 1, undoAttempts: 1 },
        { name: 'put', state: 'refused' },
      ],
    });
    expect(await sagas.count()).toContainEqual({
      saga: 'move-pucks',
      state: 'stuck',
      count: expect.any(Number),
    });

    const list = await program('list', '--state', 'stuck');
    expect(list).toMatchObject({ status: 0, text: expect.stringContaining(id) });
    expect(list.text).toContain('COMPENSATION_REFUSED: LOCKED: it is locked');
    const inspected = await program('inspect', id);
    expect(inspected.text).toMatch(/take +undoing +1, 1 to take it back +LOCKED: it is locked/);
    const json = JSON.parse((await program('inspect', id, '--json')).text) as object;
    expect(json).toMatchObject({ id, state: 'stuck', problem });
  });

  it('goes on when it is retried over HTTP, and cannot be once it is over', async () => {
    await operate(`${id}/retry`).expect(202);
    await reached(id, 'compensated');
    expect((await operate(`${id}/retry`).expect(409)).body).toMatchObject({ code: 'SAGA_OVER' });
    expect((await operate(`${id}/cancel`).expect(409)).body).toMatchObject({ code: 'SAGA_OVER' });
  });

  it('goes on when it is retried from the command line, and cannot be once it is over', async () => {
    expect(await program('retry', id)).toEqual({
      status: 0,
      text: `${id} goes on as soon as locker-a runs it`,
    });
    await reached(id, 'compensated');
    expect(await program('cancel', id)).toEqual({
      ...{ status: 4, text: `SAGA_OVER: the saga ${id} is compensated: there is nothing left to do` },
    });
  });

  it.each([
    ['ERROR', 'it failed in a way that it could not handle'],
    ['MAX_RECOVERY_ATTEMPTS_EXCEEDED', 'its process crashed too often while it ran'],
  ])('goes on when it is retried although DBOS gave it up: %s', async (status, message) => {
    await driver
      .get(DataSource)
      .query(`UPDATE dbos.workflow_status SET status = $2, owner_xid = NULL WHERE workflow_uuid = $1`, [
        id,
        status,
      ]);
    expect(await reached(id, 'stuck')).toMatchObject({ problem: { step: 'take', code: status, message } });
    await sagas.retry(id);
    await reached(id, 'compensated');
  });
});

it('is for operators alone', async () => {
  await http().get('/operations/sagas').expect(401);
  await http().post('/operations/sagas/x/cancel').expect(401);
  expect((await operate('x/retry').expect(404)).body).toMatchObject({ code: 'SAGA_NOT_FOUND' });
});

it('tells the command line what is wrong by its status', async () => {
  expect(await program('inspect', 'nobody')).toMatchObject({ status: 3 });
  expect(await program('list', '--state', 'happy')).toMatchObject({ status: 2 });
  expect(await program('dance')).toMatchObject({ status: 2 });
  expect((await program('--help')).status).toBe(0);
  const { url } = role;
  role.url = 'postgres://nobody:secret@127.0.0.1:1/none';
  expect(await program('list')).toEqual({
    ...{
      status: 1,
      text: 'the sagas of locker-a cannot be read: its database does not answer as it should (ECONNREFUSED)',
    },
  });
  role.url = url;
});

it('runs in one application of a process; others may start sagas', async () => {
  const second = new SagaEngine(
    ...(['locker-a', [MOVE_PUCKS], new SagasConfig(), driver.get(DataSource)] as const),
    ...([driver.get(NatsConnector), driver.get(CommandClient), sagas] as const),
  );
  expect(() => second.onApplicationBootstrap()).toThrow(
    expect.objectContaining({ code: 'SAGAS_ALREADY_RUN' }),
  );
  const starter = await startDriver(false);
  try {
    const id = await starter.get(Sagas).start(MOVE_PUCKS, { from: 'home', to: 'away', count: 3 });
    await reached(id, 'finished');
  } finally {
    await starter.close();
  }
});

it('the next application takes over what the one before left', async () => {
  driver.get(TakePucksHandler).onAttempt = () => Promise.reject(new Error('not yet'));
  const id = await move(4);
  const deadline = Date.now() + 10_000;
  while ((await sagas.inspect(id)).error === null && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await driver.close();
  driver = await startDriver();
  sagas = driver.get(Sagas);
  expect(await reached(id, 'finished')).toMatchObject({ result: { left: 996 } });
});

it('goes on when the connections to the database are cut, again and again', async () => {
  const ids = Array.from({ length: 15 }, (_, index) => `cut-${index}`);
  for (const id of ids) {
    await untilStarted(id);
    await cutConnections();
  }
  for (const id of ids) await reached(id, 'finished');
  const home = await driver.get(DataSource).getRepository(Locker).findOneByOrFail({ name: 'home' });
  expect(home.pucks).toBe(1_000 - ids.length);
});

/** A request that starts a saga fails when its connection is cut; repeated with the same id it starts the same one. */
async function untilStarted(id: string): Promise<void> {
  for (;;) {
    try {
      await move(1, id);
      return;
    } catch (error) {
      expect(String(error)).toMatch(/terminat|ECONNRESET|EPIPE/i);
    }
  }
}

async function cutConnections(): Promise<void> {
  await onServer(
    databases[0]!.url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'locker-a sagas'`,
  );
}

it('forgets what ended before', async () => {
  const id = await move(5);
  await reached(id, 'finished');
  expect(await sagas.forget(new Date(Date.now() - 60_000))).toBe(0);
  expect(await sagas.forget(new Date(Date.now() + 60_000))).toBeGreaterThan(0);
  await expect(sagas.inspect(id)).rejects.toMatchObject({ code: 'SAGA_NOT_FOUND' });
});

it.each([
  ['an input that its class does not allow', () => move(-1), 'SAGA_INPUT_INVALID'],
  ['an id that could not be part of a key', () => move(1, 'a/b'), 'SAGA_ID_INVALID'],
  [
    'a saga that the service does not have',
    () => sagas.start({ ...MOVE_PUCKS, workflow: 'move-pucks.v2' }, { from: 'home', to: 'away', count: 1 }),
    'SAGA_UNKNOWN',
  ],
])('does not start %s', async (_what, start, code) => {
  await expect(start()).rejects.toMatchObject({ code });
});
