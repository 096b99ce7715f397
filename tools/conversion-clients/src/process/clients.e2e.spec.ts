import { randomBytes } from 'node:crypto';
import { seedLegacyClubs } from '@hockey-hub/legacy-clubs';
import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { eventually } from '@hockey-hub/shared-lib/src/testing/eventually';
import { Client } from 'pg';
import { summarize } from '../analysis/summarize';
import { DATABASES, type DatabaseUrls } from '../client-group';
import { OLD_CLIENTS } from '../old-and-new-clients';
import { verifyRows } from '../witness/verify-rows';
import { startClients, type Clients } from './clients';

const prefix = `clients_${randomBytes(5).toString('hex')}`;
const admin = new Client({ connectionString: testDatabaseUrl() });
const urlOf = (name: string): string => {
  const url = new URL(testDatabaseUrl());
  url.pathname = `/${prefix}_${name}`;
  return url.href;
};
const nameIn = (url: string): string => new URL(url).pathname.slice(1);
const before: DatabaseUrls = { user: urlOf('before_user'), training: urlOf('before_training') };
const urls: DatabaseUrls = { user: urlOf('user'), training: urlOf('training') };
let clients: Clients;

beforeAll(async () => {
  await admin.connect();
  for (const database of DATABASES) await admin.query(`CREATE DATABASE "${nameIn(before[database])}"`);
  await seedLegacyClubs({ userUrl: before.user, trainingUrl: before.training, users: 100, dirt: false });
  for (const database of DATABASES) {
    await admin.query(`CREATE DATABASE "${nameIn(urls[database])}" TEMPLATE "${nameIn(before[database])}"`);
  }
});
beforeEach(async () => {
  clients = await startClients(urls, { perSecond: 200, connections: 4, seed: 3 });
});
afterEach(() => clients.kill());
afterAll(async () => {
  for (const url of [before.user, before.training, urls.user, urls.training]) {
    await admin.query(`DROP DATABASE IF EXISTS "${nameIn(url)}" WITH (FORCE)`);
  }
  await admin.end();
});

const haveAsked = (count: number) =>
  eventually(`${count} requests have ended`, async () => (await clients.count()).ended >= count);

it('reads and writes all the time, sees no error, and knows afterwards what it wrote', async () => {
  await clients.begin(OLD_CLIENTS);
  await haveAsked(300);
  const { log, written } = await clients.stop();
  expect(log.messages).toEqual({});
  expect(summarize(log, { group: 'old' }).requests).toBe(log.dueAtMs.length);
  expect(log.requests).toHaveLength(12);
  expect(new Set(written.map(({ table }) => table)).size).toBe(6);
  await verifyRows({ before, after: urls, shape: 'numeric', written });
});

it('goes on when connections are cut, and tells what clients saw of it', async () => {
  await clients.begin(OLD_CLIENTS);
  await haveAsked(50);
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY ($1)', [
    [nameIn(urls.user), nameIn(urls.training)],
  ]);
  const { ended } = await clients.count();
  await haveAsked(ended + 50);
  const { log } = await clients.stop();
  expect([...log.outcome].at(-1)).toBe(0);
});

it('says why it failed', async () => {
  await expect(clients.begin({ ...OLD_CLIENTS, searchPath: 'nowhere' })).rejects.toMatchObject({
    code: 'CLIENTS_FAILED',
    message: expect.stringContaining('the clients failed at "begin": relation "users" does not exist'),
  });
});
