/** SIGKILL for the migrator on its way back, again and again. MIGRATOR_TEST_SEED repeats an earlier run's. */
import { randomSeed } from '@hockey-hub/migrator/src/testing/migrator-tests.config';
import { RandomSource } from '@hockey-hub/seeded-random';
import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { clientsWrote } from '../trial/clients-wrote';
import { ConversionTrial } from '../trial/conversion-trial';
import { backUnderFire } from './back-under-fire';
import { forward } from './there-and-back';

const PATIENCE_MS = 10 * 60 * 1_000;
let trial: ConversionTrial;
beforeAll(async () => {
  trial = await ConversionTrial.start({ users: 200, seed: 13, serverUrl: testDatabaseUrl(), perSecond: 60 });
}, PATIENCE_MS);
afterAll(() => trial?.end());

test(
  'the way back from the contract goes on after every kill: nothing is lost, and nobody sees an error',
  async () => {
    const seed = randomSeed();
    const random = new RandomSource(seed);
    await trial.beginOld();
    await forward(trial, 'RemoveNumericIds');
    const kills = [...(await backUnderFire(trial, 'RemoveNumericIds', { random, mostKills: 4 }))];
    await trial.beginOld();
    await clientsWrote(trial);
    kills.push(...(await backUnderFire(trial, 'SwitchPrimaryKeys', { random, mostKills: 2 })));
    await clientsWrote(trial);
    await trial.endNew();
    kills.push(...(await backUnderFire(trial, 'AddUuidColumns', { random, mostKills: 4 })));
    await clientsWrote(trial);
    process.stdout.write(`MIGRATOR_TEST_SEED=${seed}:\n${kills.map((where) => `  ${where}\n`).join('')}`);
    expect(kills.length).toBeGreaterThan(2);
    await trial.verify('numeric');
    expect(trial.clients.logs.map(({ messages }) => messages)).toEqual([{}]);
  },
  PATIENCE_MS,
);
