import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';
import { existsSync } from 'node:fs';
import { ConversionTrial } from './conversion-trial';
import { PHASES } from './phases';

let trial: ConversionTrial;
beforeAll(async () => {
  trial = await ConversionTrial.start({ users: 200, seed: 3, serverUrl: testDatabaseUrl(), perSecond: 40 });
});
afterAll(() => trial?.end());

const bothHave = (phases: readonly string[]) => ({ 'user-service': phases, 'training-service': phases });

test('goes one phase at a time, with clients, and back again', async () => {
  await trial.beginOld();
  await trial.run('AddUuidColumns');
  expect(await trial.applied()).toEqual(bothHave(['AddUuidColumns']));
  await trial.run('GenerateUuids', { service: 'user-service' });
  expect(await trial.applied()).toEqual({
    'user-service': ['AddUuidColumns', 'GenerateUuids'],
    'training-service': ['AddUuidColumns'],
  });
  await trial.upTo('UpdateReferences');
  expect(await trial.applied()).toEqual(bothHave(PHASES.slice(0, 3)));
  const verified = await trial.verify('numeric');
  expect(verified.reduce((sum, { written }) => sum + written, 0)).toBeGreaterThan(0);
  expect(trial.clients.logs.map(({ messages }) => messages)).toEqual([{}]);

  await trial.back('AddUuidColumns');
  expect(await trial.applied()).toEqual(bothHave([]));
  await trial.verify('numeric');
});

test('says what the command line said when it fails', async () => {
  await expect(
    trial.run('AddUuidColumns', { env: { TRAINING_SERVICE_DATABASE_URL: 'none' } }),
  ).rejects.toMatchObject({
    code: 'COMMAND_FAILED',
    message: expect.stringContaining('migrate up to AddUuidColumns ended with 1'),
  });
});

test('leaves nothing behind', async () => {
  const names = [trial.urls, trial.before].flatMap(({ user, training }) =>
    [user, training].map((url) => new URL(url).pathname.slice(1)),
  );
  const present = () =>
    withConnection(testDatabaseUrl(), 'trial', async (client) => {
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = ANY ($1)', [names]);
      return rowCount;
    });
  expect(await present()).toBe(4);
  await trial.end();
  expect(await present()).toBe(0);
  expect(existsSync(trial.workspace.root)).toBe(false);
});
