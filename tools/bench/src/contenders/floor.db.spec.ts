import { randomBytes } from 'node:crypto';
import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { databaseUrlOf, dropDatabases, recreateDatabases, serverBusyMs, withClient } from '../databases';
import type { ContenderContext } from './contender';
import { floor, floorWithNothingPending } from './floor';

const services = ['first', 'second'].map((name) => `bench-${name}-${randomBytes(5).toString('hex')}`);
const serverUrl = testDatabaseUrl();
const context: ContenderContext = { serverUrl, workspace: { root: '/', services: [] } };
const recorded = services.map((service) => ({
  service,
  migrations: [
    { name: 'CreateClubs1700000000000', statements: ['CREATE TABLE migrations (id int, name text)'] },
    {
      name: 'SeedClubs1700000060000',
      statements: ["INSERT INTO migrations VALUES (1, 'a')", 'SELECT pg_sleep(0.02)'],
    },
  ],
}));

beforeEach(() => withClient(serverUrl, (admin) => recreateDatabases(admin, services)));
afterAll(() => withClient(serverUrl, (admin) => dropDatabases(admin, services)));

it('sends every statement to every database and tells the time between first BEGIN and last COMMIT', async () => {
  const { wallMs, applyingMs } = await floor(context, recorded).run();
  for (const service of services) {
    const { rows } = await withClient(databaseUrlOf(service, serverUrl), (client) =>
      client.query('SELECT * FROM migrations'),
    );
    expect(rows).toEqual([{ id: 1, name: 'a' }]);
  }
  expect(applyingMs).toBeGreaterThanOrEqual(40);
  expect(applyingMs).toBeLessThan(wallMs);
});

it('leaves the server to count how long it worked', async () => {
  await withClient(serverUrl, async (admin) => {
    expect(await serverBusyMs(admin, services)).toBe(0);
    await floor(context, recorded).run();
    expect(await serverBusyMs(admin, services)).toBeGreaterThanOrEqual(40);
  });
});

it('asks only what was applied when nothing is pending', async () => {
  await floor(context, recorded).run();
  expect(await floorWithNothingPending(context, recorded).run()).toEqual({ wallMs: expect.any(Number) });
});

it('refuses a recording that cannot be sent again, and names the service', async () => {
  const broken = [
    { service: services[0]!, migrations: [{ name: 'Broken1700000000000', statements: ['SELECT 1 / 0'] }] },
  ];
  await expect(floor(context, broken).run()).rejects.toMatchObject({
    code: 'CONTENDER_FAILED',
    message: `the floor failed in ${services[0]}: division by zero`,
  });
});
