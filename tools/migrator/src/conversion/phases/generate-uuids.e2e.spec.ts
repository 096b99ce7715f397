import { withConnection } from '../../pg/connect';
import type { FixtureWorkspace } from '../../testing/fixture-workspace';
import { createLegacyClub, expectSuccess } from '../../testing/legacy-club';

const SERVICE = 'user-service';

let workspace: FixtureWorkspace;
beforeAll(async () => {
  workspace = await createLegacyClub({ users: 20, seed: 2 });
});
afterAll(() => workspace.remove());

test('a key that came past the triggers stops it, and has its UUID after the next run', async () => {
  const upToHere = ['migrate', SERVICE, '--to', 'UsersGenerateUuids'];
  await expectSuccess(workspace, upToHere);
  // As if it had been killed after its fills; and somebody switched the triggers off.
  await withConnection(workspace.urlOf(SERVICE), SERVICE, async (client) => {
    await client.query(`DELETE FROM migrations WHERE name LIKE 'UsersGenerateUuids%'`);
    await client.query(`ALTER TABLE users ALTER id_uuid DROP NOT NULL`);
    await client.query(`SET session_replication_role = replica`);
    await client.query(`INSERT INTO users (email, password, role) VALUES ('late@club.test', 'x', 'player')`);
  });
  const { exitCode, stdout } = await workspace.cli(upToHere);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'user-service: 1 row(s) of users have no id_uuid: they were inserted past the triggers',
  );
  expect(stdout).toContain('run the same command again; it goes on where it stopped');
  expect(stdout).not.toContain('repeatable');

  await expectSuccess(workspace, upToHere);
  expect(
    await workspace.query(
      SERVICE,
      `SELECT FROM users u JOIN id_conversion.users_ids m ON (m.number, m.uuid) = (u.id, u.id_uuid)`,
    ),
  ).toHaveLength(21);
});
