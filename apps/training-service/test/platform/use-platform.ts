/** Both services as processes of their own, on databases that the migrator made, with a NATS server between them. */
import {
  createTestDatabase,
  startService,
  useNats,
  type ServiceProcess,
  type TestDatabase,
} from '@hockey-hub/shared-lib/src/testing';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const WORKSPACE_ROOT = join(__dirname, '../../../..');
const MIGRATOR = join(WORKSPACE_ROOT, 'tools/migrator/bin/hockey-hub-migrator.js');
const SERVICES = ['user', 'training'] as const;

/** Four processes start, on a machine that may run other tests. */
const TIMEOUT_MS = 180_000;

type ServiceName = (typeof SERVICES)[number];

export interface Platform {
  /** A connection to a service's database. */
  readonly client: (service: ServiceName) => Client;
  /** Starts a service; resolves with its address when it listens. It is killed after the test. */
  readonly start: (service: ServiceName) => Promise<string>;
}

/** Registers the hooks; what is returned works once the first test has begun. */
export function usePlatform(): Platform {
  jest.setTimeout(TIMEOUT_MS);
  const nats = useNats();
  const databases = new Map<ServiceName, TestDatabase>();
  const clients = new Map<ServiceName, Client>();
  const running: ServiceProcess[] = [];
  const urls = (): Record<string, string> =>
    Object.fromEntries(
      [...databases].map(([name, { url }]) => [`${name.toUpperCase()}_SERVICE_DATABASE_URL`, url]),
    );

  beforeAll(async () => {
    for (const name of SERVICES) databases.set(name, await createTestDatabase());
    await promisify(execFile)(process.execPath, [MIGRATOR, 'migrate'], {
      cwd: WORKSPACE_ROOT,
      env: { PATH: dirname(process.execPath), ...urls() },
    });
    for (const [name, { url }] of databases) {
      const client = new Client({ connectionString: url });
      clients.set(name, client);
      await client.connect();
    }
  });
  afterEach(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.splice(0).map(({ ended }) => ended));
  });
  afterAll(async () => {
    for (const client of clients.values()) await client.end();
    for (const database of databases.values()) await database.drop();
  });

  return {
    client: (service) => clients.get(service)!,
    start: async (service) => {
      const main = join(WORKSPACE_ROOT, `apps/${service}-service/src/main.ts`);
      const started = startService(main, { ...urls(), NATS_URL: nats().url, PORT: '0' });
      running.push(started);
      const listening = await started.logged('listening');
      if (!listening) throw new Error(`${service}-service did not start; its log is above`);
      return `http://127.0.0.1:${String(listening['port'])}`;
    },
  };
}
