import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source';
import { Locker } from '../commands/specimen/locker.entity';
import {
  createMigratedDatabase,
  startService,
  testDatabaseConfig,
  useNats,
  type ServiceProcess,
  type TestDatabase,
} from '../testing';
import type { SagaState } from './saga-progress';
import type { SagaDetails } from './saga-view';
import { Sagas } from './sagas';
import { lockerADatabase, lockerBDatabase } from './specimen/locker-database';
import { MOVE_PUCKS } from './specimen/move-pucks.saga';

const nats = useNats();
let databases: TestDatabase[];
let sources: DataSource[];
let sagas: Sagas;
let processes: (ServiceProcess | undefined)[];

/** Services boot slowly where many tests run at once. */
const PATIENCE_MS = 60_000;

const CAST = [
  { main: 'main-a.ts', database: 0, variable: 'LOCKER_A_DATABASE_URL' },
  { main: 'main-a.ts', database: 0, variable: 'LOCKER_A_DATABASE_URL' },
  { main: 'main-b.ts', database: 1, variable: 'LOCKER_B_DATABASE_URL' },
] as const;

function start(index: number): void {
  if (processes[index]) return;
  const { main, database, variable } = CAST[index]!;
  processes[index] = startService(join(__dirname, 'specimen', main), {
    [variable]: databases[database]!.url,
    NATS_URL: nats().url,
    PORT: '0',
    LOG_LEVEL: 'info',
    SAGAS_POLL_INTERVAL_MS: '50',
    SAGAS_RECOVERY_INTERVAL_MS: '200',
    OPERATOR_TOKEN: 'a token for operators',
  });
}

async function kill(index: number): Promise<void> {
  processes[index]?.child.kill('SIGKILL');
  await processes[index]?.ended;
  processes[index] = undefined;
}

beforeAll(async () => {
  databases = await Promise.all([lockerADatabase, lockerBDatabase].map(createMigratedDatabase));
  sources = await Promise.all(
    [lockerADatabase, lockerBDatabase].map((each, index) =>
      createDataSource({ ...each, config: testDatabaseConfig(databases[index]!.url) }).initialize(),
    ),
  );
  await sources[0]!.getRepository(Locker).insert({ name: 'home', pucks: 1_000 });
  await sources[1]!.getRepository(Locker).insert({ name: 'away', pucks: 0 });
  sagas = new Sagas('locker-a', [MOVE_PUCKS], sources[0]!);
  processes = [];
}, 90_000);
afterAll(async () => {
  await Promise.all(CAST.map((_, index) => kill(index)));
  await sagas?.onApplicationShutdown();
  await Promise.all((sources ?? []).map((source) => source.destroy()));
  await Promise.all((databases ?? []).map((database) => database.drop()));
});
beforeEach(async () => {
  await sources[0]!.getRepository(Locker).update({ name: 'home' }, { pucks: 1_000 });
  await sources[1]!.getRepository(Locker).update({ name: 'away' }, { pucks: 0 });
});
const pucks = async () => [
  (await sources[0]!.getRepository(Locker).findOneByOrFail({ name: 'home' })).pucks,
  (await sources[1]!.getRepository(Locker).findOneByOrFail({ name: 'away' })).pucks,
];
const move = (count: number, id?: string) =>
  sagas.start(MOVE_PUCKS, { from: 'home', to: 'away', count }, { id });

async function until<Result>(what: string, look: () => Promise<Result | undefined>): Promise<Result> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function reached(id: string, ...states: SagaState[]): Promise<SagaDetails> {
  let last: SagaDetails | undefined;
  try {
    return await until('the end of a saga', async () => {
      last = await sagas.inspect(id);
      return states.includes(last.state) ? last : undefined;
    });
  } catch (error) {
    const rows = await sources[0]!.query(
      `SELECT status, queue_name, executor_id, recovery_attempts, owner_xid, started_at_epoch_ms FROM dbos.workflow_status WHERE workflow_uuid = $1`,
      [id],
    );
    throw new Error(`${id} is not ${states.join(' or ')}: ${JSON.stringify({ last, rows })}`, {
      cause: error,
    });
  }
}

it('does every step once, also when it is started twice', async () => {
  start(0);
  start(2);
  const id = await move(7, 'once');
  expect(await move(7, 'once')).toBe('once');
  expect(await reached(id, 'finished')).toMatchObject({
    ...{ saga: 'move-pucks', version: 1, result: { left: 993, there: 7 }, problem: null, reason: null },
    steps: [
      { name: 'take', state: 'done', attempts: 1 },
      { name: 'put', state: 'done' },
    ],
  });
  expect(await pucks()).toEqual([993, 7]);
  await expect(move(8, 'once')).rejects.toMatchObject({ code: 'SAGA_ID_REUSED' });
  await expect(sagas.cancel(id)).rejects.toMatchObject({ code: 'SAGA_OVER' });
}, 90_000);

it('takes everything back when a step is refused', async () => {
  start(0);
  start(2);
  const id = await move(101);
  expect(await reached(id, 'compensated')).toMatchObject({
    reason: { kind: 'refused', step: 'put', code: 'LOCKER_FULL', message: 'away is too small for that' },
    steps: [
      { name: 'take', state: 'undone' },
      { name: 'put', state: 'refused' },
    ],
  });
  expect(await pucks()).toEqual([1_000, 0]);
}, 90_000);

it('waits for a service that is away, and takes back what may have happened when it is cancelled', async () => {
  await kill(2);
  start(0);
  const [waiting, cancelled] = [await move(5), await move(6)];
  await until('the first failed attempt', async () => {
    const { steps } = await sagas.inspect(cancelled);
    return steps[1]?.error;
  });
  expect(await pucks()).toEqual([989, 0]);
  await sagas.cancel(cancelled);
  await until('the cancelling', async () => {
    const { state } = await sagas.inspect(cancelled);
    return state === 'compensating' || undefined;
  });
  start(2);
  expect(await reached(cancelled, 'compensated')).toMatchObject({
    reason: { kind: 'cancelled' },
    steps: [
      { name: 'take', state: 'undone' },
      { name: 'put', state: 'nothing-to-undo' },
    ],
  });
  await reached(waiting, 'finished');
  expect(await pucks()).toEqual([995, 5]);
}, 90_000);

it('begins with the transaction that starts it, and not at all when that is rolled back', async () => {
  start(0);
  start(2);
  const input = { from: 'home', to: 'away', count: 1 };
  const rolledBack = sources[0]!.transaction(async (manager) => {
    await sagas.start(MOVE_PUCKS, input, { id: 'rolled-back', manager });
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  await sources[0]!.transaction((manager) => sagas.start(MOVE_PUCKS, input, { id: 'committed', manager }));
  await reached('committed', 'finished');
  await expect(sagas.inspect('rolled-back')).rejects.toMatchObject({ code: 'SAGA_NOT_FOUND' });
  expect(await pucks()).toEqual([999, 1]);
}, 90_000);

it('survives kill -9 at any point, in any of its processes', async () => {
  const seed = Number(process.hrtime.bigint() % 1_000_000n);
  console.info(`seed ${seed}`);
  const random = mulberry(seed);
  CAST.forEach((_, index) => start(index));
  const counts = Array.from({ length: 25 }, () => (random() < 0.3 ? 101 : 1 + Math.floor(random() * 9)));
  const ids = await Promise.all(counts.map((count) => move(count)));
  for (let fault = 0; fault < 8; fault++) {
    await new Promise((resolve) => setTimeout(resolve, 100 + random() * 1_500));
    const victim = Math.floor(random() * CAST.length);
    await kill(victim);
    start(victim);
  }
  let moved = 0;
  for (const [index, id] of ids.entries()) {
    const { state } = await reached(id, 'finished', 'compensated');
    expect(state).toBe(counts[index]! > 100 ? 'compensated' : 'finished');
    if (state === 'finished') moved += counts[index]!;
  }
  expect(await pucks()).toEqual([1_000 - moved, moved]);
}, 180_000);

/** The same numbers for the same seed. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
