/**
 * What the migrations say about each other, when all of them are there and an operator takes one service at a time:
 *
 *   user-service       1 -> 2 -> 3 -> 4 ------------> 5
 *                            \                       /
 *   training-service   1 ---> 2 -> 3 -> 4 -> 5 -----'
 *
 * In this workspace neither project depends on the other; where one does, `migrate` has it wait for whatever is pending there, too.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createLegacyClub,
  expectSuccess,
  type LegacyClub,
} from '@hockey-hub/migrator/src/testing/legacy-club';
import { phaseOf } from '../trial/phases';

const PATIENCE_MS = 10 * 60 * 1_000;
let club: LegacyClub;
beforeAll(async () => {
  club = await createLegacyClub({ users: 50, seed: 41 });
  await writeFile(
    join(club.root, 'apps/training-service/project.json'),
    JSON.stringify({ name: 'training-service' }),
  );
}, PATIENCE_MS);
afterAll(() => club?.remove());

const phasesOf = async (service: string) => {
  const rows = await club.query<{ name: string }>(service, 'SELECT "name" FROM "migrations" ORDER BY "id"');
  return rows.flatMap(({ name }) => phaseOf(name) ?? []).length;
};
const phases = async () => [await phasesOf('user-service'), await phasesOf('training-service')];
const refused = async (args: readonly string[]) => {
  const { exitCode, stderr } = await club.cli(args);
  expect(exitCode).toBe(1);
  return stderr;
};

test(
  'the referrer waits for the map, the owner waits with its numbers for the referrer, and nothing else waits',
  async () => {
    expect(await refused(['migrate', '--only', 'training-service'])).toContain(
      '--only training-service: its migrations wait for user-service:UsersAddUuidColumns1763000010000 and 1 more',
    );
    expect(await phases()).toEqual([0, 0]);
    await expectSuccess(club, ['migrate', '--only', 'user-service', '--allow', 'switch']);
    expect(await phases()).toEqual([4, 0]);
    expect(await refused(['migrate', '--only', 'user-service', '--allow', 'switch', 'contract'])).toContain(
      '--only user-service: its migrations wait for training-service:UsersAddUuidColumns',
    );
    expect(await phases()).toEqual([4, 0]);
    await expectSuccess(club, ['migrate', '--only', 'training-service', '--allow', 'switch', 'contract']);
    expect(await phases()).toEqual([4, 5]);
    await expectSuccess(club, ['migrate', '--only', 'user-service', '--allow', 'contract']);
    expect(await phases()).toEqual([5, 5]);

    // And back: what another service's migration was built on is not taken away under it.
    expect(
      await refused(['migration-revert', 'training-service', '--to', 'UsersSwitchPrimaryKeys']),
    ).toContain('user-service:UsersRemoveNumericIds');
    await expectSuccess(club, ['migration-revert', 'user-service', '--to', 'UsersUpdateReferences']);
    expect(await phases()).toEqual([3, 5]);
    expect(await refused(['migration-revert', 'user-service', '--to', 'UsersAddUuidColumns'])).toContain(
      'training-service:UsersGenerateUuids',
    );
    await expectSuccess(club, ['migration-revert', 'training-service', '--to', 'LegacyTraining']);
    await expectSuccess(club, ['migration-revert', 'user-service', '--to', 'LegacyUsers']);
    expect(await phases()).toEqual([0, 0]);
  },
  PATIENCE_MS,
);
