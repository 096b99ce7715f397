import { join } from 'node:path';
import { defaultDataRoot } from '../../config';
import { locateNats } from '../../nats/locate-program';
import { stopNats } from '../../nats/stop-nats';
import { makeDataRootSandbox, type DataRootSandbox } from '../../testing/data-root-sandbox';
import { publishTo } from '../../testing/nats-client';
import { query } from '../../testing/query';
import { serverVariables } from './server-variables';

let sandbox: DataRootSandbox;
let dataRoot: string;
beforeEach(async () => {
  sandbox = await makeDataRootSandbox();
  ({ dataRoot } = sandbox);
});
afterEach(async () => {
  await stopNats({ dataRoot });
  await sandbox.remove();
});

test('services that are served at once share one Postgres and one NATS, which run by then', async () => {
  const program = await locateNats(defaultDataRoot, () => undefined);
  const [users, training] = await Promise.all(
    ['user-service', 'training-service'].map((service) =>
      serverVariables(service, {}, { dataRoot, program }),
    ),
  );
  expect(users).toEqual(training);
  expect(await query(users!['DATABASE_URL']!, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(await publishTo('served', users!['NATS_URL']!)).toBe(1);
});

test('a NATS that cannot be had is told, and what to do about it', async () => {
  const told = jest.spyOn(console, 'error').mockImplementation();
  try {
    const program = join(dataRoot, 'no-nats-server');
    const env = { DATABASE_URL: 'postgres://db.example' };
    expect(await serverVariables('user-service', env, { dataRoot, program })).toBeUndefined();
    expect(told.mock.calls).toEqual([[expect.stringMatching(/^CANNOT_START: .*or set NATS_URL/s)]]);
  } finally {
    told.mockRestore();
  }
});
