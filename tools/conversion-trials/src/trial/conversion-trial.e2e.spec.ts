import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { ConversionTrial } from './conversion-trial';
import { PHASES } from './phases';

let trial: ConversionTrial;
beforeAll(async () => {
  trial = await ConversionTrial.start({ users: 200, seed: 3, serverUrl: testDatabaseUrl(), perSecond: 40 });
});
afterAll(() => trial?.end());

test('goes one phase at a time, there and back, with clients', async () => {
  await trial.beginOld();
  for (const phase of PHASES.slice(0, 3)) await trial.run(phase);
  await trial.beginNew();
  await trial.run('SwitchPrimaryKeys');
  await trial.endOld();
  await trial.run('RemoveNumericIds');
  const verified = await trial.verify('uuid');
  expect(verified.reduce((sum, { written }) => sum + written, 0)).toBeGreaterThan(0);

  await trial.back('SwitchPrimaryKeys');
  expect(await trial.applied()).toEqual({
    'user-service': PHASES.slice(0, 3),
    'training-service': PHASES.slice(0, 3),
  });
  await trial.beginOld();
  await trial.back('AddUuidColumns');
  expect(await trial.applied()).toEqual({ 'user-service': [], 'training-service': [] });
  await trial.verify('numeric');
  expect(trial.clients.logs.map(({ messages }) => messages)).toEqual([{}, {}]);
});
