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

/** What operators send to both services. */
export const OPERATOR_TOKEN = 'a token for operators';

type ServiceName = (typeof SERVICES)[number];

export interface Platform {
  /** A connection to a service's database. */
  readonly client: (service: ServiceName) => Client;
  /** Starts a service; resolves with its address when it listens. It is killed after the test. */
  readonly start: (service: ServiceName) => Promise<string>;
  /** Kills every process of a service, as a crash would, and waits until they are gone. */
  readonly kill: (service: ServiceName) => Promise<void>;
}

/** Registers the hooks; what is returned works once the first test has begun. */
export function usePlatform(): Platform {
  jest.setTimeout(TIMEOUT_MS);
  const nats = useNats();
  const databases = new Map<ServiceName, TestDatabase>();
  const clients = new Map<ServiceName, Client>();
  const running: { readonly service: ServiceName; readonly process: ServiceProcess }[] = [];
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
  const killAll = async (isMeant: (service: ServiceName) => boolean): Promise<void> => {
    const meant = running.filter(({ service }) => isMeant(service));
    for (const { process } of meant) process.child.kill('SIGKILL');
    await Promise.all(meant.map(({ process }) => process.ended));
    running.splice(0, running.length, ...running.filter((each) => !meant.includes(each)));
  };
  afterEach(() => killAll(() => true));
  afterAll(async () => {
    for (const client of clients.values()) await client.end();
    for (const database of databases.values()) await database.drop();
  });

  return {
    client: (service) => clients.get(service)!,
    start: async (service) => {
      const main = join(WORKSPACE_ROOT, `apps/${service}-service/src/main.ts`);
      const settings = { NATS_URL: nats().url, PORT: '0', OPERATOR_TOKEN, SAGAS_POLL_INTERVAL_MS: '50' };
      const started = startService(main, { ...urls(), ...settings });
      running.push({ service, process: started });
      const listening = await started.logged('listening');
      if (!listening) throw new Error(`${service}-service did not start; its log is above`);
      return `http://127.0.0.1:${String(listening['port'])}`;
    },
    kill: (service) => killAll((other) => other === service),
  };
}
