/** What cannot be taken over stops it before anything is changed, with a report; each decision is carried out and written down. */
import { decide, rowsOf } from '@hockey-hub/migrator/src/testing/legacy-take-over';
import { createHash } from 'node:crypto';
import {
  expected,
  legacyPeople,
  people,
  transform,
  useLegacyUsers,
  type LegacyPerson,
} from './use-legacy-users';

const { start, clubs } = useLegacyUsers();

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
  const error = await transform(clubs()).then(
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
  expect(await rowsOf(user, `SELECT to_regnamespace('legacy_archive') AS archive`)).toEqual([
    { archive: null },
  ]);

  // The statements of the report do what it says.
  for (const [statement] of report.matchAll(/INSERT INTO "id_conversion".*;/g)) await user.query(statement);
  await transform(clubs());
  expect(await rowsOf(user, 'SELECT count(*)::int AS people FROM users')).toEqual([
    { people: before.length },
  ]);
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
  await decide(clubs().user, 'emails-differing-in-case', 'keep-newest-rename-others');
  await decide(clubs().user, 'unknown-roles', 'map-to', 'player');
  await decide(clubs().user, 'unknown-roles', 'map-to', 'coach', 'Trainer');
  await decide(clubs().user, 'missing-names', 'placeholder', 'N.N.');
  const [remembered] = await rowsOf<{ users: number }>(
    user,
    'SELECT count(*)::int AS users FROM users WHERE "refreshToken" IS NOT NULL',
  );
  const before = await legacyPeople(user);
  expect(before.map(({ role }) => role)).toEqual(
    expect.arrayContaining(['Trainer', 'PLAYER', 'goalie_whisperer']),
  );
  await transform(clubs());

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
  const found = await rowsOf<{ kind: string; count: number }>(
    user,
    'SELECT kind, count(*)::int AS count FROM legacy_archive.findings GROUP BY kind ORDER BY kind',
  );
  expect(found).toEqual([
    { kind: 'emails-differing-in-case', count: 2 * made.dirt.emailsDifferingInCase },
    { kind: 'emails-with-capitals', count: made.dirt.emailsDifferingInCase },
    { kind: 'missing-names', count: made.dirt.nullNames },
    { kind: 'refresh-tokens-without-expiry', count: remembered!.users },
    { kind: 'stray-team-codes', count: made.dirt.strayTeamCodesOfUsers },
    { kind: 'unknown-roles', count: made.dirt.unknownRoles },
  ]);
});

test('what else a club can have: own parents, shared tokens, the reserved team, open passwords', async () => {
  const { user } = await start(false);
  const [{ id }] = (await rowsOf<{ id: string }>(
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
  await decide(clubs().user, 'parents-of-themselves', 'leave-out');
  await decide(clubs().user, 'shared-session-tokens', 'end');
  await decide(clubs().user, 'team-code-of-default-team', 'same-team');
  await decide(clubs().user, 'passwords-not-hashed', 'lock');
  await transform(clubs());
  expect(
    await rowsOf(
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
  await expect(transform(clubs())).rejects.toMatchObject({
    message: expect.stringContaining('exchange-team-codes'),
  });
  await decide(clubs().user, 'team-codes-untold', 'only-ours');
  await transform(clubs());
});

test('decisions that are none are told, all of them', async () => {
  await start(false);
  await decide(clubs().user, 'unknown-rolls', 'map-to', 'coach');
  await decide(clubs().user, 'unknown-roles', 'map-to', 'goalie');
  await decide(clubs().user, 'missing-names', 'delete');
  await decide(clubs().user, 'shared-session-tokens', 'end', 'now');
  await expect(transform(clubs())).rejects.toMatchObject({
    code: 'LEGACY_DECISION_INVALID',
    message: [
      'Nothing was changed. "id_conversion"."legacy_decisions" has decisions that cannot be carried out; correct or delete them:',
      `  kind 'missing-names', subject '*': choice 'delete' is none. The choices are placeholder.`,
      `  kind 'shared-session-tokens', subject '*': 'end' takes no detail, and has 'now'.`,
      `  kind 'unknown-roles', subject '*': detail 'goalie' does not do for 'map-to'; it must be one of player, coach, parent, medical_staff, equipment_manager, physical_trainer, team_manager, club_admin, admin.`,
      `  kind 'unknown-rolls', subject '*': there is no such kind. The kinds are team-codes-untold, emails-differing-in-case, unknown-roles, missing-names, passwords-not-hashed, parents-of-themselves, team-code-of-default-team, shared-session-tokens, refresh-tokens-without-expiry.`,
    ].join('\n'),
  });
});

test('refresh tokens of which nobody knows until when they are good: ended, or kept for some days', async () => {
  const { user } = await start(false);
  await user.query('DELETE FROM id_conversion.legacy_decisions; UPDATE users SET "refreshToken" = NULL');
  const ids = await rowsOf<{ id: string }>(user, 'SELECT id FROM users ORDER BY id LIMIT 4');
  const tokens = ['alone', 'of two', 'of two', 'of a session'];
  for (const [index, { id }] of ids.entries()) {
    await user.query('UPDATE users SET "refreshToken" = $1 WHERE id = $2', [tokens[index], id]);
  }
  await user.query(
    `INSERT INTO sessions ("userId", token, "expiresAt") VALUES ($1, 'of a session', now() + interval '1 day')`,
    [ids[3]!.id],
  );
  await expect(transform(clubs())).rejects.toMatchObject({
    code: 'LEGACY_ROWS_UNDECIDED',
    message: expect.stringMatching(
      /\nrefresh-tokens-without-expiry: .*\n {2}'shared': 2 rows: .*\n {2}1 row: [^]*\n {4}end: .*\n {4}keep-for-days: /,
    ),
  });
  await decide(user, 'refresh-tokens-without-expiry', 'keep-for-days', '10');
  await transform(clubs());
  const hash = (token: string) => createHash('sha256').update(token).digest('hex');
  expect(
    await rowsOf(
      user,
      `SELECT user_id AS id, round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM refresh_tokens
       WHERE token_hash = ANY ($1) ORDER BY days DESC`,
      [tokens.map(hash)],
    ),
  ).toEqual([
    { id: ids[0]!.id, days: 10 },
    { id: ids[3]!.id, days: 1 },
  ]);
  expect(
    await rowsOf(
      user,
      `SELECT row_id AS id, subject, choice, detail FROM legacy_archive.findings WHERE kind = 'refresh-tokens-without-expiry' ORDER BY row_id`,
    ),
  ).toEqual(
    ids.slice(0, 3).map(({ id }, index) => ({
      id,
      subject: index === 0 ? '' : 'shared',
      choice: 'keep-for-days',
      detail: '10',
    })),
  );
});
