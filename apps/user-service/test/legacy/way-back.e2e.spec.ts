/** A club whose operator thinks better of it: from after the contract back to its numbers, with the services' own migrations and its dirt. */
import { peopleOfClub } from '@hockey-hub/migrator/src/testing/people-of-club';
import {
  BASELINES,
  createPlatformClub,
  type PlatformClub,
} from '@hockey-hub/migrator/src/testing/platform-club';

const SERVICES = ['user-service', 'training-service'] as const;

let club: PlatformClub;
beforeAll(async () => {
  club = await createPlatformClub({ users: 120, seed: 3, dirt: true });
}, 300_000);
afterAll(() => club?.remove());

test('every row is what it was, references to users who are gone included', async () => {
  const before = await peopleOfClub(club);
  for (const service of SERVICES) {
    await club.succeed('migration-adopt', service, '--baseline', BASELINES[service]);
  }
  expect((await club.cli('migrate')).exitCode).toBe(1);
  await club.query(
    'training-service',
    `INSERT INTO id_conversion.legacy_decisions VALUES ('references-to-nobody', '*', 'set-null')`,
  );
  await club.succeed('migrate', '--allow', 'switch');
  await club.succeed('migrate', '--allow', 'contract', '--to', 'user-service:UsersRemoveNumericIds');
  expect(await peopleOfClub(club)).not.toEqual(before);

  await club.succeed(
    'migration-revert',
    'training-service',
    '--to',
    'UsersSwitchPrimaryKeys',
    '--with-dependents',
  );
  for (const service of [...SERVICES].reverse()) {
    await club.succeed('migration-revert', service, '--to', 'UsersUpdateReferences');
  }
  for (const service of [...SERVICES].reverse()) {
    await club.succeed('migration-revert', service, '--to', BASELINES[service]);
  }
  expect(await peopleOfClub(club)).toEqual(before);
}, 300_000);
