/** What an operator is told in every phase of a club's conversion; what of a damaged one is in conversion-damage.e2e.spec.ts. */
import type { ConversionVerification } from '../../conversion/verify/verification';
import type { FixtureWorkspace } from '../../testing/fixture-workspace';
import { createLegacyClub, expectSuccess } from '../../testing/legacy-club';

let workspace: FixtureWorkspace;
beforeAll(async () => {
  workspace = await createLegacyClub({ users: 40, seed: 3 });
});
afterAll(() => workspace.remove());

/** Exit code, and of each service what it says about it. */
async function verified() {
  const { exitCode, stdout, stderr } = await workspace.cli(['conversion-verify', '--json']);
  expect(stderr).toBe('');
  const { conversions } = JSON.parse(stdout) as { conversions: ConversionVerification[] };
  return {
    exitCode,
    services: Object.fromEntries(
      conversions.map(({ service, stage, shape, verdict, findings }) => [
        service,
        [stage, shape, verdict, ...new Set(findings.map(({ code }) => code))],
      ]),
    ),
  };
}

const proven = (stage: string, shape: string) => ({
  exitCode: 0,
  services: {
    'user-service': [stage, shape, 'proven'],
    'training-service': [stage, shape, 'proven'],
  },
});

const upTo = (phase: string) =>
  expectSuccess(workspace, ['migrate', '--to', `training-service:Users${phase}`]);

test('from before the first phase to the contract and back, it says what holds and what is still to come', async () => {
  expect(await workspace.cli(['conversion-verify'])).toMatchObject({
    exitCode: 0,
    stdout: 'No id conversion has begun in these databases.\n',
  });

  await expectSuccess(workspace, ['migrate', 'user-service', '--to', 'UsersAddUuidColumns']);
  expect(await verified()).toEqual({
    exitCode: 3,
    services: { 'user-service': ['paired', 'numeric', 'open', 'NOT_FILLED'] },
  });

  // The owner goes ahead as far as it can.
  await upTo('AddUuidColumns');
  expect(await verified()).toEqual({
    exitCode: 3,
    services: {
      'user-service': ['paired', 'numeric', 'proven'],
      'training-service': ['paired', 'numeric', 'open', 'NOT_FILLED', 'PAIRS_MISSING'],
    },
  });
  await upTo('GenerateUuids');
  expect(await verified()).toEqual({
    exitCode: 3,
    services: {
      'user-service': ['paired', 'numeric', 'proven'],
      'training-service': ['paired', 'numeric', 'open', 'NOT_FILLED'],
    },
  });

  await expectSuccess(workspace, ['migrate']);
  expect(await verified()).toEqual(proven('paired', 'numeric'));
  const { stdout } = await workspace.cli(['conversion-verify', 'training-service']);
  expect(stdout).toMatch(/^training-service: users \(refers to the keys\), plain names hold numbers$/m);
  expect(stdout).toMatch(/^workout_assignments.playerId +\d+ +\d+ +\d+ +0 +0 +0 +-?\d+, the same +proven$/m);
  expect(stdout).toMatch(/^users +40 +-?\d+ +the same +0 +0 +proven$/m);
  expect(stdout).toMatch(/^training-service: users is proven\.$/m);

  // Somebody to whom nobody here refers: without events his pair comes with the contract, and no phase before it needs it.
  const [alone] = await workspace.query<{ id: number }>(
    'user-service',
    `INSERT INTO users (email, password, role) VALUES ('alone@club.test', 'x', 'player') RETURNING id`,
  );
  await expectSuccess(workspace, ['migrate', '--allow', 'switch']);
  expect(await verified()).toEqual(proven('paired', 'uuid'));
  // One to whom somebody does: the switch needed it, and so will the contract.
  await workspace.query(
    'training-service',
    `UPDATE workout_assignments SET "playerId_numeric" = ${alone!.id} WHERE id = (SELECT id FROM workout_assignments LIMIT 1)`,
  );
  await workspace.query(
    'training-service',
    `UPDATE id_conversion.waiting SET since = since - interval '1 minute'`,
  );
  expect(await verified()).toEqual({
    exitCode: 3,
    services: {
      'user-service': ['paired', 'uuid', 'proven'],
      'training-service': ['paired', 'uuid', 'open', 'WAITING_FOR_PAIRS', 'PAIRS_MISSING'],
    },
  });

  await expectSuccess(workspace, ['migrate', '--allow', 'contract']);
  expect(await verified()).toEqual(proven('contracted', 'uuid'));

  // Who came since is in no map, and his references are of a row that is there.
  const [came] = await workspace.query<{ id: string }>(
    'user-service',
    `INSERT INTO users (email, password, role) VALUES ('new@club.test', 'x', 'player') RETURNING id`,
  );
  const [session] = await workspace.query<{ id: string }>(
    'training-service',
    `UPDATE workout_sessions SET "createdBy" = '${came!.id}'
      WHERE id = (SELECT id FROM workout_sessions LIMIT 1) RETURNING id`,
  );
  expect(await verified()).toEqual(proven('contracted', 'uuid'));
  await workspace.query(
    'training-service',
    `UPDATE workout_sessions SET "playerIds" = ARRAY[gen_random_uuid()] WHERE id = '${session!.id}'`,
  );
  expect((await verified()).services).toMatchObject({
    'training-service': ['contracted', 'uuid', 'wrong', 'REFERS_TO_NOTHING'],
  });
  await workspace.query(
    'training-service',
    `UPDATE workout_sessions SET "playerIds" = '{}' WHERE id = '${session!.id}'`,
  );

  // All the way back.
  for (const service of ['training-service', 'user-service']) {
    await expectSuccess(workspace, [
      'migration-revert',
      service,
      '--to',
      'UsersSwitchPrimaryKeys',
      '--with-dependents',
    ]);
  }
  expect(await verified()).toEqual(proven('paired', 'uuid'));
  for (const service of ['training-service', 'user-service']) {
    await expectSuccess(workspace, [
      'migration-revert',
      service,
      '--to',
      'UsersUpdateReferences',
      '--with-dependents',
    ]);
  }
  expect(await verified()).toEqual(proven('paired', 'numeric'));
});
