import { Client } from 'pg';
import { createMigratedDatabase, type ServiceProcess, type TestDatabase } from '../testing';
import { specimenDatabase } from '../testing/specimen/specimen-database';
import { WAITING_LOCK } from '../testing/specimen/squads.controller';
import { startSpecimen } from '../testing/specimen/start-specimen';

// Each test starts a process that transpiles Nest; on a busy machine that takes its time.
jest.setTimeout(90_000);

let database: TestDatabase;
let service: ServiceProcess | undefined;

beforeAll(async () => {
  database = await createMigratedDatabase(specimenDatabase);
});

afterEach(async () => {
  service?.child.kill('SIGKILL');
  await service?.ended;
  service = undefined;
});

afterAll(async () => {
  await database?.drop();
});

/** Boots the service and gives its address. */
async function start(env: NodeJS.ProcessEnv = {}): Promise<string> {
  service = startSpecimen({ SPECIMEN_SERVICE_DATABASE_URL: database.url, ...env });
  const line = await service.logged('listening');
  expect(line).toMatchObject({ level: 'info', service: 'specimen-service', address: '127.0.0.1' });
  // The specimen's own default is any free port; without it this would be 3000.
  if (!env['PORT']) expect(line!['port']).not.toBe(3000);
  return `http://127.0.0.1:${String(line!['port'])}`;
}

/** Holds the lock that the endpoint waits for, and knows when the endpoint does. */
async function holdLock(): Promise<{ isAwaited(): Promise<void>; release(): Promise<void> }> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('SELECT pg_advisory_lock($1)', [WAITING_LOCK]);
  return {
    isAwaited: async () => {
      const waiters = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted`;
      while ((await client.query(waiters, [WAITING_LOCK])).rowCount === 0);
    },
    release: () => client.end(),
  };
}

it('boots, answers, and at SIGTERM takes nothing new, finishes what runs and ends with status 0', async () => {
  const url = await start();
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  const lock = await holdLock();
  try {
    const running = fetch(`${url}/squads/failures/waiting`);
    await lock.isAwaited();
    service!.child.kill('SIGTERM');
    await service!.logged('shutting down');
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    await lock.release();
    expect(await (await running).json()).toEqual({ waited: true });
    expect(await service!.ended).toBe(0);
    expect(service!.lines.at(-1)).toMatchObject({ msg: 'shut down' });
  } finally {
    await lock.release();
  }
});

it('cuts off what does not finish in time', async () => {
  const url = await start({ SHUTDOWN_TIMEOUT_MS: '100' });
  const lock = await holdLock();
  try {
    const running = fetch(`${url}/squads/failures/waiting`).then(
      () => 'answered',
      () => 'cut off',
    );
    await lock.isAwaited();
    service!.child.kill('SIGTERM');
    expect(await running).toBe('cut off');
    expect(await service!.ended).toBe(0);
    expect(await service!.logged('what was still running')).toMatchObject({ level: 'warn' });
  } finally {
    await lock.release();
  }
});

it('ends even when something in it never does', async () => {
  const url = await start({ SHUTDOWN_TIMEOUT_MS: '100' });
  const running = fetch(`${url}/squads/failures/hanging`).catch(() => 'cut off');
  await service!.logged('hanging');
  service!.child.kill('SIGTERM');
  expect(await running).toBe('cut off');
  expect(await service!.ended).toBe('SIGTERM');
});

it('says every fault of its configuration in one fatal line, and ends with status 1', async () => {
  service = startSpecimen({
    ...{ PORT: 'http', LOG_LEVEL: 'loud', DATABASE_POOL_SIZE: '0' },
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector',
  });
  expect(await service.ended).toBe(1);
  expect(service.lines).toHaveLength(1);
  expect(service.lines[0]).toMatchObject({
    level: 'fatal',
    code: 'CONFIG_INVALID',
    msg: expect.stringContaining('nx run specimen-service:serve'),
    faults: [
      { variable: 'PORT' },
      { variable: 'LOG_LEVEL' },
      { variable: 'SPECIMEN_SERVICE_DATABASE_URL' },
      { variable: 'DATABASE_POOL_SIZE' },
      { variable: 'OTEL_EXPORTER_OTLP_ENDPOINT' },
    ],
  });
});

it('ends with status 1, holding nothing, when its port is taken', async () => {
  const port = new URL(await start()).port;
  const second = startSpecimen({ SPECIMEN_SERVICE_DATABASE_URL: database.url, PORT: port });
  expect(await second.ended).toBe(1);
  expect(second.lines.at(-1)).toMatchObject({ level: 'fatal', err: { code: 'EADDRINUSE' } });
});
