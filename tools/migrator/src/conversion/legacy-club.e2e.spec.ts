/** The whole conversion of a club of years ago by the migrator's command line, and the whole way back: nobody is lost, nobody is mixed up. */
import { createLegacyClub, expectSuccess, SERVICES } from '../testing/legacy-club';
import { peopleOfClub } from '../testing/people-of-club';
import type { FixtureWorkspace } from '../testing/fixture-workspace';

const PHASES = [
  'AddUuidColumns',
  'GenerateUuids',
  'UpdateReferences',
  'SwitchPrimaryKeys',
  'RemoveNumericIds',
];

let workspace: FixtureWorkspace;
beforeAll(async () => {
  workspace = await createLegacyClub({ users: 300, seed: 7 });
});
afterAll(() => workspace.remove());

async function appliedPhases(): Promise<Record<string, string[]>> {
  const applied: Record<string, string[]> = {};
  for (const service of SERVICES) {
    const rows = await workspace.query<{ name: string }>(
      service,
      'SELECT "name" FROM "migrations" ORDER BY "id"',
    );
    applied[service] = rows
      .map(({ name }) => name.replace(/^Users|\d+$/g, ''))
      .filter((name) => PHASES.includes(name));
  }
  return applied;
}

const typeOf = async (service: string, table: string, column: string) =>
  (
    await workspace.query<{ type: string }>(
      service,
      `SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute
        WHERE attrelid = '"${table}"'::regclass AND attname = '${column}' AND NOT attisdropped`,
    )
  )[0]?.type;

test('goes through the five phases and back, and every row still means the same person', async () => {
  const before = await peopleOfClub(workspace);
  expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);

  // Up to the gates.
  await expectSuccess(workspace, ['migrate']);
  expect(await appliedPhases()).toEqual({
    'user-service': PHASES.slice(0, 3),
    'training-service': PHASES.slice(0, 3),
  });
  expect(await peopleOfClub(workspace)).toEqual(before);
  expect(await peopleOfClub(workspace, 'legacy')).toEqual(before);
  expect(await peopleOfClub(workspace, 'uuid_ids')).toEqual(before);
  expect(await typeOf('user-service', 'users', 'id')).toBe('integer');

  await expectSuccess(workspace, ['migrate', '--allow', 'switch']);
  expect(await typeOf('user-service', 'users', 'id')).toBe('uuid');
  expect(await typeOf('training-service', 'workout_sessions', 'playerIds')).toBe('uuid[]');
  expect(await peopleOfClub(workspace)).toEqual(before);
  expect(await peopleOfClub(workspace, 'legacy')).toEqual(before);
  expect(await peopleOfClub(workspace, 'uuid_ids')).toEqual(before);

  await expectSuccess(workspace, ['migrate', '--allow', 'contract']);
  expect(await appliedPhases()).toEqual({ 'user-service': PHASES, 'training-service': PHASES });
  expect(await typeOf('user-service', 'users', 'id_numeric')).toBeUndefined();
  expect(await peopleOfClub(workspace)).toEqual(before);

  // All the way back.
  for (const last of ['SwitchPrimaryKeys', 'UpdateReferences']) {
    for (const service of [...SERVICES].reverse()) {
      await expectSuccess(workspace, [
        'migration-revert',
        service,
        '--to',
        `Users${last}`,
        '--with-dependents',
      ]);
    }
    expect(await peopleOfClub(workspace)).toEqual(before);
    expect(await peopleOfClub(workspace, 'legacy')).toEqual(before);
  }
  expect(await typeOf('user-service', 'users', 'id')).toBe('integer');
  await expectSuccess(workspace, ['migration-revert', 'training-service', '--to', 'LegacyTraining']);
  await expectSuccess(workspace, ['migration-revert', 'user-service', '--to', 'LegacyUsers']);
  expect(await appliedPhases()).toEqual({ 'user-service': [], 'training-service': [] });
  expect(await peopleOfClub(workspace)).toEqual(before);
});
