/** Sessions that are never closed, with prepared statements and an ORM's entities, from before the first phase to after the way back. */
import { NEW_CLIENTS, OLD_CLIENTS } from '@hockey-hub/conversion-clients';
import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { ConversionTrial } from '../trial/conversion-trial';
import { OpenConnection } from './open-connection';

const PATIENCE_MS = 10 * 60 * 1_000;
let trial: ConversionTrial;
const open: OpenConnection[] = [];
beforeAll(async () => {
  trial = await ConversionTrial.start({ users: 200, seed: 31, serverUrl: testDatabaseUrl() });
}, PATIENCE_MS);
afterAll(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  await trial?.end();
});

const openConnection = async (group: typeof OLD_CLIENTS) => {
  const connection = await OpenConnection.open(group, trial.urls);
  open.push(connection);
  return connection;
};

/** They are busy while it goes on, and use everything once more when it is over. */
async function during(work: Promise<void>, ...busy: readonly OpenConnection[]): Promise<void> {
  let isOver = false;
  const worked = work.finally(() => (isOver = true));
  const rounds = busy.map(async (connection) => {
    while (!isOver) await connection.round();
    await connection.round();
  });
  await Promise.all([worked, ...rounds]);
}

test(
  'no statement and no entity is too old for any phase, or for its way back',
  async () => {
    const old = await openConnection(OLD_CLIENTS);
    await old.round();
    await during(trial.run('AddUuidColumns'), old);
    await during(trial.run('GenerateUuids'), old);
    await during(trial.run('UpdateReferences'), old);
    const young = await openConnection(NEW_CLIENTS);
    await young.round();
    await during(trial.run('SwitchPrimaryKeys'), old, young);
    await during(trial.back('SwitchPrimaryKeys'), old, young);
    await during(trial.run('SwitchPrimaryKeys'), old, young);
    await during(trial.run('RemoveNumericIds'), young);
    await during(trial.back('RemoveNumericIds'), young);
    // Who knows numbers comes back when there are numbers again.
    const returned = await openConnection(OLD_CLIENTS);
    await returned.round();
    await during(trial.back('SwitchPrimaryKeys'), returned, young);
    await during(trial.back('AddUuidColumns'), returned);
  },
  PATIENCE_MS,
);
