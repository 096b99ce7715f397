/**
 * Services connect as roles that own nothing. Such a role reads and writes both shapes in every phase and on the way back, with the
 * rights that it had before and no others; whether the migrator knows of the role or not.
 */
import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { connect, withConnection } from '../pg/connect';
import type { FixtureWorkspace } from '../testing/fixture-workspace';
import { createLegacyClub, expectSuccess, SERVICES } from '../testing/legacy-club';

/** The rights of a service that has never heard of a conversion. */
const GRANTS = (role: string) => [
  `GRANT USAGE ON SCHEMA public TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
  `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
];

let workspace: FixtureWorkspace;
let role: string;
beforeEach(async () => {
  workspace = await createLegacyClub({ users: 20, seed: 11 });
  role = `runtime_${randomBytes(6).toString('hex')}`;
  await asOwner('user-service', [`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`]);
  for (const service of SERVICES) await asOwner(service, GRANTS(role));
});
afterEach(async () => {
  for (const service of SERVICES) await asOwner(service, [`DROP OWNED BY ${role}`]);
  await asOwner('user-service', [`DROP ROLE ${role}`]);
  await workspace.remove();
});

const asOwner = (service: string, statements: readonly string[]) =>
  withConnection(workspace.urlOf(service), service, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

/** A session of the role with one shape, in a transaction that is rolled back. */
async function asService(
  service: string,
  path: string,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const url = new URL(workspace.urlOf(service));
  url.username = role;
  url.password = role;
  const client = await connect(url.toString(), service);
  try {
    await client.query(`SET search_path = ${path}`);
    await client.query('BEGIN');
    await work(client);
    // Deferred rules, too.
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    await client.query('ROLLBACK');
  } finally {
    await client.end();
  }
}

type Ids = 'number' | 'uuid';
const KIND: Readonly<Record<Ids, RegExp>> = { number: /^\d+$/, uuid: /^[0-9a-f-]{36}$/ };

/** Every kind of statement that a service has, in one shape. */
async function readAndWrite(path: string, ids: Ids): Promise<void> {
  await asService('user-service', path, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO users (email, password, role) VALUES ('new@club.test', 'x', 'player') RETURNING id::text`,
    );
    const { id } = rows[0]!;
    expect(id).toMatch(KIND[ids]);
    await client.query(`INSERT INTO sessions ("userId", token, "expiresAt") VALUES ($1, 'token', now())`, [
      id,
    ]);
    const { rows: joined } = await client.query(
      `SELECT u.email, s.token FROM users u JOIN sessions s ON s."userId" = u.id WHERE u.id = $1`,
      [id],
    );
    expect(joined).toEqual([{ email: 'new@club.test', token: 'token' }]);
    const { rows: moved } = await client.query<{ userId: string }>(
      `UPDATE sessions SET "userId" = (SELECT id FROM users WHERE id <> $1 ORDER BY id LIMIT 1) WHERE "userId" = $1
       RETURNING "userId"::text AS "userId"`,
      [id],
    );
    expect(moved[0]!.userId).toMatch(KIND[ids]);
    await client.query(
      `INSERT INTO users (email, password, role) VALUES ('new@club.test', 'x', 'coach')
       ON CONFLICT (email) DO UPDATE SET role = excluded.role`,
    );
    expect((await client.query('SELECT count(*)::int AS n FROM active_users')).rows[0].n).toBeGreaterThan(0);
    expect((await client.query('DELETE FROM users WHERE id = $1', [id])).rowCount).toBe(1);
  });
  await asService('training-service', path, async (client) => {
    const { rows } = await client.query<{ playerId: string }>(
      `INSERT INTO workout_assignments ("sessionId", "playerId")
       SELECT "sessionId", "playerId" FROM workout_assignments LIMIT 1 RETURNING "playerId"::text AS "playerId"`,
    );
    expect(rows[0]!.playerId).toMatch(KIND[ids]);
    await client.query(
      `UPDATE workout_sessions SET "playerIds" = "playerIds" || "createdBy" WHERE cardinality("playerIds") > 0`,
    );
    await client.query(`UPDATE notes SET "subjectId" = $1 WHERE "subjectType" = 'user'`, [rows[0]!.playerId]);
    await client.query(`DELETE FROM workout_assignments WHERE "playerId" = $1`, [rows[0]!.playerId]);
  });
}

const PATHS = { plain: 'public', old: 'legacy, public', new: 'uuid_ids, public' } as const;
const OLD_AND_NEW = [
  [PATHS.old, 'number'],
  [PATHS.new, 'uuid'],
] as const;

async function expectWork(...shapes: readonly (readonly [path: string, ids: Ids])[]): Promise<void> {
  for (const [path, ids] of shapes) await readAndWrite(path, ids);
}

async function revert(to: string): Promise<void> {
  for (const service of [...SERVICES].reverse()) {
    await expectSuccess(workspace, ['migration-revert', service, '--to', to, '--with-dependents']);
  }
}

async function throughAllPhasesAndBack(): Promise<void> {
  await expectWork([PATHS.plain, 'number']);
  await expectSuccess(workspace, ['migrate', 'user-service', '--to', 'UsersAddUuidColumns']);
  await expectSuccess(workspace, ['migrate', '--to', 'training-service:UsersAddUuidColumns']);
  await expectWork([PATHS.plain, 'number'], [PATHS.old, 'number']);
  await expectSuccess(workspace, ['migrate']);
  await expectWork([PATHS.plain, 'number'], ...OLD_AND_NEW);
  await expectSuccess(workspace, ['migrate', '--allow', 'switch']);
  await expectWork([PATHS.plain, 'uuid'], ...OLD_AND_NEW);
  await expectSuccess(workspace, ['migrate', '--allow', 'contract']);
  await expectWork([PATHS.plain, 'uuid'], [PATHS.new, 'uuid']);
  await revert('UsersSwitchPrimaryKeys');
  await expectWork([PATHS.plain, 'uuid'], ...OLD_AND_NEW);
  await revert('UsersUpdateReferences');
  await expectWork([PATHS.plain, 'number'], ...OLD_AND_NEW);
  await expectSuccess(workspace, ['migration-revert', 'training-service', '--to', 'LegacyTraining']);
  await expectSuccess(workspace, ['migration-revert', 'user-service', '--to', 'LegacyUsers']);
  await expectWork([PATHS.plain, 'number']);
}

test('a role that the migrator does not know keeps its rights, in both shapes', async () => {
  await throughAllPhasesAndBack();
}, 300_000);

test('a role that the migrator looks after also gets what carries pairs between services', async () => {
  Object.assign(workspace.env, {
    USER_SERVICE_RUNTIME_ROLE: role,
    TRAINING_SERVICE_RUNTIME_ROLE: role,
  });
  await expectSuccess(workspace, ['migrate', '--allow', 'switch']);
  await expectWork([PATHS.plain, 'uuid'], ...OLD_AND_NEW);
  await asService('user-service', PATHS.plain, async (client) => {
    await client.query('DELETE FROM id_conversion.unpublished_pairs RETURNING map, number');
  });
  await asService('training-service', PATHS.plain, async (client) => {
    await client.query('UPDATE id_conversion.id_maps SET wanted_at = clock_timestamp()');
    await client.query('INSERT INTO id_conversion.users_ids VALUES (9000, gen_random_uuid())');
    await client.query(`SELECT id_conversion.fill_waiting('users', '{9000}')`);
    expect((await client.query(`SELECT id_conversion.uuid_of('users', 9000) AS uuid`)).rows[0].uuid).toMatch(
      KIND.uuid,
    );
  });
}, 300_000);
