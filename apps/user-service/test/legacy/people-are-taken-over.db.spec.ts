/**
 * The legacy user database becomes the platform's: the schema is the one of a new database, and everybody is there with what they
 * had.
 */
import { exchangeTeamCodes } from '@hockey-hub/legacy-clubs';
import { differencesFromNew, migrateIn, rowsOf } from '@hockey-hub/migrator/src/testing/legacy-take-over';
import { DEFAULT_ORGANIZATION_ID, legacyTeamId } from '@hockey-hub/shared-lib';
import { createHash } from 'node:crypto';
import { InitialSchema1764000000000 } from '../../src/migrations/1764000000000-InitialSchema';
import { SeedSystemRoles1764000001000 } from '../../src/migrations/1764000001000-SeedSystemRoles';
import { expected, legacyPeople, people, transform, useLegacyUsers } from './use-legacy-users';

const { start, clubs } = useLegacyUsers();

test('everybody is there with their e-mail, role, links and devices, and the schema is that of a new database', async () => {
  const { user } = await start(false, 400);
  const before = await legacyPeople(user);
  const links = await rowsOf(user, 'SELECT "parentId", "childId" FROM parent_links ORDER BY 1, 2');
  const sessions = await rowsOf<{ token: string; userId: string; expiresAt: Date }>(
    user,
    'SELECT token, "userId", "expiresAt" FROM sessions WHERE "expiresAt" > now() + interval \'1 minute\'',
  );
  const audited = await rowsOf(user, 'SELECT * FROM audit_entries ORDER BY id');
  await transform(clubs());

  expect(await people(user)).toEqual(before.map(expected));
  expect(
    await rowsOf(
      user,
      'SELECT parent_id AS "parentId", child_id AS "childId" FROM guardianships ORDER BY 1, 2',
    ),
  ).toEqual(links);
  const tokens = new Map(
    (
      await rowsOf<{ token_hash: string; user_id: string; expires_at: Date }>(
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
  expect(await rowsOf(user, 'SELECT id, subdomain, subscription_tier FROM organizations')).toEqual([
    { id: DEFAULT_ORGANIZATION_ID, subdomain: 'default', subscription_tier: 'free' },
  ]);
  for (const { id, name } of await rowsOf<{ id: string; name: string }>(user, 'SELECT id, name FROM teams')) {
    expect(id).toBe(legacyTeamId(name));
  }

  expect(await rowsOf(user, 'SELECT * FROM legacy_archive.audit_entries ORDER BY id')).toEqual(audited);
  expect(await rowsOf(user, 'SELECT count(*)::int AS active FROM legacy_archive.active_users')).toEqual([
    { active: before.filter(({ status }) => status === 'active').length },
  ]);
  const secrets = await rowsOf<{ secret: string }>(
    user,
    `SELECT attname AS secret FROM pg_attribute WHERE attrelid::regclass::text LIKE 'legacy_archive.%' AND attname IN ('password', 'token', 'refreshToken')`,
  );
  expect(secrets).toEqual([]);

  expect(await differencesFromNew('user-service', clubs().userUrl, [InitialSchema1764000000000])).toEqual([]);
});

test('SeedSystemRoles finds the roles that were needed, and makes of them what it makes in a new database', async () => {
  const { user, userUrl } = await start(false);
  await transform(clubs());
  const needed = await rowsOf(user, 'SELECT id, name FROM roles ORDER BY id');
  expect(needed.length).toBeGreaterThan(3);
  await migrateIn(userUrl, 'user-service', SeedSystemRoles1764000001000);
  const seeded = await rowsOf(user, 'SELECT id, name, is_system FROM roles ORDER BY id');
  expect(seeded).toHaveLength(9);
  expect(seeded).toEqual(expect.arrayContaining(needed.map((role) => ({ ...role, is_system: true }))));
  expect(await rowsOf(user, 'SELECT FROM roles WHERE description = name')).toEqual([]);
});

test('the teams of sessions that no user is in are made, once they were told', async () => {
  const { user, training } = await start({ sessionsOfUnknownTeams: 5 });
  await training.query('CREATE TABLE id_conversion.legacy_team_codes (code text PRIMARY KEY)');
  const codes = await exchangeTeamCodes(user, training);
  expect(codes).toEqual(expect.arrayContaining(['Z1-closed', 'Z2-closed']));
  await transform(clubs());
  const teams = await rowsOf<{ name: string }>(user, 'SELECT name FROM teams');
  expect(teams.map(({ name }) => name).sort()).toEqual([...codes, 'Default Team'].sort());
  expect(await exchangeTeamCodes(user, training)).toEqual(codes);
});

test('a database without anybody becomes an empty one, without a club', async () => {
  const { user } = await start(false);
  await user.query('TRUNCATE users, id_conversion.legacy_team_codes CASCADE');
  await transform(clubs());
  expect(
    await rowsOf(user, 'SELECT FROM organizations UNION ALL SELECT FROM teams UNION ALL SELECT FROM roles'),
  ).toEqual([]);
});
