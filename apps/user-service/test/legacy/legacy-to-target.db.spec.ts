/**
 * The legacy user database becomes the platform's: the schema is the one of a new database, everybody is there with what they had,
 * and what cannot be taken over stops it before anything is changed.
 */
import { exchangeTeamCodes, type DirtRequest } from '@hockey-hub/legacy-clubs';
import {
  createConvertedClubs,
  type ConvertedClubs,
} from '@hockey-hub/legacy-clubs/src/testing/converted-clubs';
import { compareSchemas, readSchema } from '@hockey-hub/migrator/src/catalog/schema';
import { createDataSource, DEFAULT_ORGANIZATION_ID, legacyTeamId } from '@hockey-hub/shared-lib';
import { createMigratedDatabase, testDatabaseConfig } from '@hockey-hub/shared-lib/src/testing';
import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { MigrationInterface } from 'typeorm';
import { InitialSchema1764000000000 } from '../../src/migrations/1764000000000-InitialSchema';
import { SeedSystemRoles1764000001000 } from '../../src/migrations/1764000001000-SeedSystemRoles';
import { LegacyDecisions1763000001000 } from '../../src/migrations/legacy/1763000001000-LegacyDecisions';
import { LegacyToTarget1763000101000 } from '../../src/migrations/legacy/1763000101000-LegacyToTarget';

let clubs: ConvertedClubs | undefined;
afterEach(async () => {
  await clubs?.drop();
  clubs = undefined;
});

async function start(dirt: DirtRequest, users = 60): Promise<ConvertedClubs> {
  clubs = await createConvertedClubs({ users, seed: 5, dirt, at: new Date() });
  await migrate(clubs.userUrl, LegacyDecisions1763000001000);
  // As when the training-service has no other codes.
  await clubs.user.query(
    `INSERT INTO id_conversion.legacy_team_codes SELECT DISTINCT btrim("teamCode") FROM users WHERE "teamCode" IS NOT NULL`,
  );
  return clubs;
}

/** In one transaction, as the migrator does. */
async function migrate(url: string, Migration: new () => MigrationInterface): Promise<void> {
  const dataSource = createDataSource({
    service: 'user-service',
    entities: [],
    config: testDatabaseConfig(url),
  });
  await dataSource.initialize();
  try {
    await dataSource.transaction(({ queryRunner }) => new Migration().up(queryRunner!));
  } finally {
    await dataSource.destroy();
  }
}

const transform = ({ userUrl }: ConvertedClubs) => migrate(userUrl, LegacyToTarget1763000101000);

async function rows<Row extends object>(client: Client, sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query<Row>(sql, values)).rows;
}

const decide = ({ user }: ConvertedClubs, kind: string, choice: string, detail = '', subject = '*') =>
  user.query(
    'INSERT INTO id_conversion.legacy_decisions (kind, subject, choice, detail) VALUES ($1, $2, $3, $4)',
    [kind, subject, choice, detail],
  );

interface LegacyPerson {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly role: string;
  readonly status: string;
  readonly teamCode: string | null;
  readonly lastLogin: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const legacyPeople = (client: Client) => rows<LegacyPerson>(client, 'SELECT * FROM public.users ORDER BY id');

const people = (client: Client) =>
  rows<Record<string, unknown>>(
    client,
    `SELECT u.id, u.email, u.password_hash, u.first_name, u.last_name, u.is_active, u.email_verified, u.last_login_at, u.created_at, u.updated_at,
       (SELECT json_agg(json_build_array(o.name, r.name, m.is_active)) FROM organization_memberships m JOIN organizations o ON o.id = m.organization_id
          JOIN roles r ON r.id = m.role_id WHERE m.user_id = u.id) AS organizations,
       (SELECT json_agg(json_build_array(t.name, r.name, m.left_at)) FROM team_memberships m JOIN teams t ON t.id = m.team_id
          JOIN roles r ON r.id = m.role_id WHERE m.user_id = u.id) AS teams
     FROM public.users u ORDER BY u.id`,
  );

/** What a person of the legacy database must have become, said a second time, in TypeScript. */
const expected = ({
  id,
  email,
  password,
  firstName,
  lastName,
  role,
  status,
  teamCode,
  lastLogin,
  createdAt,
  updatedAt,
}: LegacyPerson) => ({
  id,
  email: email.toLowerCase(),
  password_hash: password,
  first_name: firstName,
  last_name: lastName,
  is_active: status === 'active',
  email_verified: false,
  last_login_at: lastLogin,
  created_at: createdAt,
  updated_at: updatedAt,
  organizations: [['Default Organization', role, true]],
  teams: [[teamCode === null ? 'Default Team' : teamCode.trim(), role, null]],
});

test('everybody is there with their e-mail, role, links and devices, and the schema is that of a new database', async () => {
  const { user } = await start(false, 400);
  const before = await legacyPeople(user);
  const links = await rows(user, 'SELECT "parentId", "childId" FROM parent_links ORDER BY 1, 2');
  const sessions = await rows<{ token: string; userId: string; expiresAt: Date }>(
    user,
    'SELECT token, "userId", "expiresAt" FROM sessions WHERE "expiresAt" > now() + interval \'1 minute\'',
  );
  const audited = await rows(user, 'SELECT * FROM audit_entries ORDER BY id');
  await transform(clubs!);

  expect(await people(user)).toEqual(before.map(expected));
  expect(
    await rows(
      user,
      'SELECT parent_id AS "parentId", child_id AS "childId" FROM guardianships ORDER BY 1, 2',
    ),
  ).toEqual(links);
  const tokens = new Map(
    (
      await rows<{ token_hash: string; user_id: string; expires_at: Date }>(
        user,
        'SELECT * FROM refresh_tokens',
      )
    ).map((token) => [token.token_hash, token]),
  );
  expect(sessions.length).toBeGreaterThan(100);
  for (const { token, userId, expiresAt } of sessions) {
    expect(tokens.get(createHash('sha256').update(token).digest('hex'))).toMatchObject({
      user_id: userId,
      expires_at: expiresAt,
    });
  }
  expect(await rows(user, 'SELECT id, subdomain, subscription_tier FROM organizations')).toEqual([
    { id: DEFAULT_ORGANIZATION_ID, subdomain: 'default', subscription_tier: 'free' },
  ]);
  for (const { id, name } of await rows<{ id: string; name: string }>(user, 'SELECT id, name FROM teams')) {
    expect(id).toBe(legacyTeamId(name));
  }

  expect(await rows(user, 'SELECT * FROM legacy_archive.audit_entries ORDER BY id')).toEqual(audited);
  expect(await rows(user, 'SELECT count(*)::int AS active FROM legacy_archive.active_users')).toEqual([
    { active: before.filter(({ status }) => status === 'active').length },
  ]);
  const secrets = await rows<{ secret: string }>(
    user,
    `SELECT attname AS secret FROM pg_attribute WHERE attrelid::regclass::text LIKE 'legacy_archive.%' AND attname IN ('password', 'token', 'refreshToken')`,
  );
  expect(secrets).toEqual([]);

  await user.query('DROP SCHEMA legacy_archive CASCADE');
  expect(await differencesFromNew(user)).toEqual([]);
});

/** Against a database that ran InitialSchema alone. */
async function differencesFromNew(client: Client): Promise<string[]> {
  const fresh = await createMigratedDatabase({
    service: 'user-service',
    entities: [],
    migrations: [InitialSchema1764000000000],
  });
  const other = new Client({ connectionString: fresh.url });
  try {
    await other.connect();
    const schemaOf = (connection: Client) =>
      readSchema(async (sql, parameters) => (await connection.query(sql, parameters as unknown[])).rows);
    return compareSchemas(await schemaOf(client), await schemaOf(other));
  } finally {
    await other.end();
    await fresh.drop();
  }
}

test('SeedSystemRoles finds the roles that were needed, and makes of them what it makes in a new database', async () => {
  const { user, userUrl } = await start(false);
  await transform(clubs!);
  const needed = await rows(user, 'SELECT id, name FROM roles ORDER BY id');
  expect(needed.length).toBeGreaterThan(3);
  await migrate(userUrl, SeedSystemRoles1764000001000);
  const seeded = await rows(user, 'SELECT id, name, is_system FROM roles ORDER BY id');
  expect(seeded).toHaveLength(9);
  expect(seeded).toEqual(expect.arrayContaining(needed.map((role) => ({ ...role, is_system: true }))));
  expect(await rows(user, 'SELECT FROM roles WHERE description = name')).toEqual([]);
});

test('the teams of sessions that no user is in are made, once they were told', async () => {
  const { user, training } = await start({ sessionsOfUnknownTeams: 5 });
  await training.query('CREATE TABLE id_conversion.legacy_team_codes (code text PRIMARY KEY)');
  const codes = await exchangeTeamCodes(user, training);
  expect(codes).toEqual(expect.arrayContaining(['Z1-closed', 'Z2-closed']));
  await transform(clubs!);
  const teams = await rows<{ name: string }>(user, 'SELECT name FROM teams');
  expect(teams.map(({ name }) => name).sort()).toEqual([...codes, 'Default Team'].sort());
  expect(await exchangeTeamCodes(user, training)).toEqual(codes);
});

test('dirty rows stop it before anything is changed: which, how many, and what to do', async () => {
  const { user, made } = await start({
    emailsDifferingInCase: 2,
    unknownRoles: 3,
    nullNames: 4,
    strayTeamCodesOfUsers: 5,
  });
  await user.query(
    `UPDATE users SET password = 'open sesame' WHERE id = (SELECT min(id::text)::uuid FROM users)`,
  );
  const before = await legacyPeople(user);
  const error = await transform(clubs!).then(
    () => undefined,
    (thrown: unknown) => thrown as Error & { code: string },
  );
  expect(error).toMatchObject({ code: 'LEGACY_ROWS_UNDECIDED' });
  const report = error!.message;
  expect(report).toContain(
    'user-service: some legacy rows cannot become rows of the platform as they are, and somebody has to decide. Nothing was changed.',
  );
  expect(report.match(/2 rows: .*last login/g)).toHaveLength(made.dirt.emailsDifferingInCase);
  expect(report).toMatch(/missing-names: users without a first name, a last name, or both\n {2}4 rows: /);
  expect(report).toContain(
    `    INSERT INTO "id_conversion"."legacy_decisions" ("kind", "subject", "choice", "detail") VALUES ('missing-names', '*', 'placeholder', 'Unknown');`,
  );
  expect(report).toContain('passwords-not-hashed');
  expect(report).not.toContain('open sesame');
  expect(report).not.toContain('stray-team-codes');
  expect(await legacyPeople(user)).toEqual(before);
  expect(await rows(user, `SELECT to_regnamespace('legacy_archive') AS archive`)).toEqual([
    { archive: null },
  ]);

  // The statements of the report do what it says.
  for (const [statement] of report.matchAll(/INSERT INTO "id_conversion".*;/g)) await user.query(statement);
  await transform(clubs!);
  expect(await rows(user, 'SELECT count(*)::int AS people FROM users')).toEqual([{ people: before.length }]);
});

test('every decision is carried out, told row by row, and nobody is lost', async () => {
  const { user, made } = await start(
    {
      emailsDifferingInCase: 2,
      unknownRoles: 10,
      nullNames: 5,
      strayTeamCodesOfUsers: 6,
    },
    200,
  );
  await decide(clubs!, 'emails-differing-in-case', 'keep-newest-rename-others');
  await decide(clubs!, 'unknown-roles', 'map-to', 'player');
  await decide(clubs!, 'unknown-roles', 'map-to', 'coach', 'Trainer');
  await decide(clubs!, 'missing-names', 'placeholder', 'N.N.');
  const before = await legacyPeople(user);
  expect(before.map(({ role }) => role)).toEqual(
    expect.arrayContaining(['Trainer', 'PLAYER', 'goalie_whisperer']),
  );
  await transform(clubs!);

  const known = [
    'player',
    'coach',
    'parent',
    'medical_staff',
    'equipment_manager',
    'physical_trainer',
    'club_admin',
    'admin',
  ];
  const newest = new Map<string, LegacyPerson>();
  const time = (person: LegacyPerson) =>
    [person.lastLogin?.getTime() ?? -1, person.updatedAt.getTime()] as const;
  for (const person of before) {
    const other = newest.get(person.email.toLowerCase());
    const [login, change] = time(person);
    const [otherLogin, otherChange] = other ? time(other) : [-2, -2];
    if (login > otherLogin || (login === otherLogin && change > otherChange))
      newest.set(person.email.toLowerCase(), person);
  }
  expect(await people(user)).toEqual(
    before.map((person) => {
      const [local, domain] = person.email.toLowerCase().split('@');
      const keeps = newest.get(person.email.toLowerCase()) === person;
      const role = known.includes(person.role) ? person.role : person.role === 'Trainer' ? 'coach' : 'player';
      return {
        ...expected({
          ...person,
          role,
          firstName: person.firstName ?? 'N.N.',
          lastName: person.lastName ?? 'N.N.',
        }),
        email: keeps ? `${local}@${domain}` : `${local}+${person.id}@${domain}`,
      };
    }),
  );
  const found = await rows<{ kind: string; count: number }>(
    user,
    'SELECT kind, count(*)::int AS count FROM legacy_archive.findings GROUP BY kind ORDER BY kind',
  );
  expect(found).toEqual([
    { kind: 'emails-differing-in-case', count: 2 * made.dirt.emailsDifferingInCase },
    { kind: 'emails-with-capitals', count: made.dirt.emailsDifferingInCase },
    { kind: 'missing-names', count: made.dirt.nullNames },
    { kind: 'stray-team-codes', count: made.dirt.strayTeamCodesOfUsers },
    { kind: 'unknown-roles', count: made.dirt.unknownRoles },
  ]);
});

test('what else a club can have: own parents, shared tokens, the reserved team, open passwords', async () => {
  const { user } = await start(false);
  const [{ id }] = (await rows<{ id: string }>(
    user,
    `SELECT id FROM users WHERE "teamCode" IS NULL LIMIT 1`,
  )) as [{ id: string }];
  await user.query(`UPDATE users SET password = 'open sesame', "teamCode" = ' Default Team' WHERE id = $1`, [
    id,
  ]);
  await user.query('INSERT INTO parent_links VALUES ($1, $1)', [id]);
  await user.query(
    `INSERT INTO sessions ("userId", token, "expiresAt") SELECT $1, 'the same', now() + interval '1 day' FROM generate_series(1, 2)`,
    [id],
  );
  await decide(clubs!, 'parents-of-themselves', 'leave-out');
  await decide(clubs!, 'shared-session-tokens', 'end');
  await decide(clubs!, 'team-code-of-default-team', 'same-team');
  await decide(clubs!, 'passwords-not-hashed', 'lock');
  await transform(clubs!);
  expect(
    await rows(
      user,
      `SELECT t.name, u.password_hash, (SELECT count(*)::int FROM guardianships WHERE parent_id = child_id) AS parents,
         (SELECT count(*)::int FROM refresh_tokens WHERE token_hash = encode(sha256('the same'), 'hex')) AS tokens
       FROM users u JOIN team_memberships m ON m.user_id = u.id JOIN teams t ON t.id = m.team_id WHERE u.id = $1`,
      [id],
    ),
  ).toEqual([{ name: 'Default Team', password_hash: `$2b$10$${'.'.repeat(53)}`, parents: 0, tokens: 0 }]);
});

test('it stops when nobody told it the team codes of the training-service', async () => {
  const { user } = await start(false);
  await user.query('TRUNCATE id_conversion.legacy_team_codes');
  await expect(transform(clubs!)).rejects.toMatchObject({
    message: expect.stringContaining('exchange-team-codes'),
  });
  await decide(clubs!, 'team-codes-untold', 'only-ours');
  await transform(clubs!);
});

test('decisions that are none are told, all of them', async () => {
  await start(false);
  await decide(clubs!, 'unknown-rolls', 'map-to', 'coach');
  await decide(clubs!, 'unknown-roles', 'map-to', 'goalie');
  await decide(clubs!, 'missing-names', 'delete');
  await decide(clubs!, 'shared-session-tokens', 'end', 'now');
  await expect(transform(clubs!)).rejects.toMatchObject({
    code: 'LEGACY_DECISION_INVALID',
    message: [
      'Nothing was changed. "id_conversion"."legacy_decisions" has decisions that cannot be carried out; correct or delete them:',
      `  kind 'missing-names', subject '*': choice 'delete' is none. The choices are placeholder.`,
      `  kind 'shared-session-tokens', subject '*': 'end' takes no detail, and has 'now'.`,
      `  kind 'unknown-roles', subject '*': detail 'goalie' does not do for 'map-to'; it must be one of player, coach, parent, medical_staff, equipment_manager, physical_trainer, team_manager, club_admin, admin.`,
      `  kind 'unknown-rolls', subject '*': there is no such kind. The kinds are team-codes-untold, emails-differing-in-case, unknown-roles, missing-names, passwords-not-hashed, parents-of-themselves, team-code-of-default-team, shared-session-tokens.`,
    ].join('\n'),
  });
});

test('a database without anybody becomes an empty one, without a club', async () => {
  const { user } = await start(false);
  await user.query('TRUNCATE users, id_conversion.legacy_team_codes CASCADE');
  await transform(clubs!);
  expect(
    await rows(user, 'SELECT FROM organizations UNION ALL SELECT FROM teams UNION ALL SELECT FROM roles'),
  ).toEqual([]);
});
