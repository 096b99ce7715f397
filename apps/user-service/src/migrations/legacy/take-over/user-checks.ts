/** Pure: what can be wrong with the rows of a legacy user database, and the ways to decide. Ids are UUIDs by now. */
import { DEFAULT_TEAM_NAME, LEGACY_TEAM_CODES, trimmedInSql, type LegacyCheck } from '@hockey-hub/shared-lib';
import { LEGACY_ROLES, SYSTEM_ROLES } from './legacy-roles';

const LONGEST_NAME = 100;
/** As `ck_users_password_hash` of the target. */
const PASSWORD_HASH = '^[$](argon2id|2[abxy])[$]';

const isIn = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

export const userChecks: readonly LegacyCheck[] = [
  {
    kind: 'team-codes-untold',
    what:
      'the training-service has team codes, too, and nobody told this database which. `nx run ' +
      'legacy-clubs:exchange-team-codes` writes them to ' +
      LEGACY_TEAM_CODES,
    rows: `
      SELECT '', 'legacy_team_codes', '', 'the table is empty'
      WHERE EXISTS (SELECT FROM "users") AND NOT EXISTS (SELECT FROM ${LEGACY_TEAM_CODES})`,
    choices: [
      {
        choice: 'only-ours',
        means:
          'teams are made for the codes of users alone; the training-service will stop at workouts that have another one',
      },
    ],
  },
  {
    kind: 'emails-differing-in-case',
    what: 'users whose e-mails are the same but for case; the platform takes each once',
    rows: `
      SELECT lower(u."email"), 'users', u."id"::text,
        u."email" || ' (user ' || u."id" || ', last login ' || coalesce(u."lastLogin"::date::text, 'never') || ')'
      FROM "users" AS u
      WHERE lower(u."email") IN (SELECT lower("email") FROM "users" GROUP BY lower("email") HAVING count(*) > 1)`,
    choices: [
      {
        choice: 'keep-newest-rename-others',
        means:
          'who logged in last (then: was changed last) keeps the e-mail; the others get their id in theirs, as name+id@club.example, and stay who they are',
      },
    ],
  },
  {
    kind: 'unknown-roles',
    what: 'users whose role is none of the platform',
    rows: `
      SELECT u."role", 'users', u."id"::text, u."email" || ' (user ' || u."id" || ')'
      FROM "users" AS u WHERE u."role" NOT IN (${isIn(LEGACY_ROLES)})`,
    choices: [
      {
        choice: 'map-to',
        means: 'they get this role',
        detail: {
          means: `one of ${Object.keys(SYSTEM_ROLES).join(', ')}`,
          example: 'player',
          accepts: (detail) => Object.hasOwn(SYSTEM_ROLES, detail),
        },
      },
    ],
  },
  {
    kind: 'missing-names',
    what: 'users without a first name, a last name, or both',
    rows: `
      SELECT '', 'users', u."id"::text, u."email" || ' (user ' || u."id" || ')' FROM "users" AS u
      WHERE ${trimmedInSql('u."firstName"')} IS NULL OR ${trimmedInSql('u."lastName"')} IS NULL`,
    choices: [
      {
        choice: 'placeholder',
        means: 'the missing name becomes this text',
        detail: {
          means: `a text of 1 to ${LONGEST_NAME} characters`,
          example: 'Unknown',
          accepts: (detail) => detail.trim() !== '' && detail.length <= LONGEST_NAME,
        },
      },
    ],
  },
  {
    kind: 'passwords-not-hashed',
    what: 'users whose password is no hash that the platform can check',
    rows: `
      SELECT '', 'users', u."id"::text, u."email" || ' (user ' || u."id" || ')' FROM "users" AS u
      WHERE u."password" !~ '${PASSWORD_HASH}'`,
    choices: [{ choice: 'lock', means: 'no password fits until they set a new one; what was there is not kept' }],
  },
  {
    kind: 'parents-of-themselves',
    what: 'parent links of a user with the same user',
    rows: `
      SELECT '', 'parent_links', l."parentId"::text, 'user ' || l."parentId" FROM "parent_links" AS l
      WHERE l."parentId" = l."childId"`,
    choices: [{ choice: 'leave-out', means: 'they become no guardianship, and stay in the archive' }],
  },
  {
    kind: 'team-code-of-default-team',
    what: `users whose team code is '${DEFAULT_TEAM_NAME}', the name of the team for those without one`,
    rows: `
      SELECT '', 'users', u."id"::text, u."email" || ' (user ' || u."id" || ')' FROM "users" AS u
      WHERE ${trimmedInSql('u."teamCode"')} = '${DEFAULT_TEAM_NAME}'`,
    choices: [{ choice: 'same-team', means: 'they are in one team with those without a team code' }],
  },
  {
    kind: 'shared-session-tokens',
    what: 'sessions with a token that another session has, too',
    rows: `
      SELECT '', 'sessions', s."id"::text, 'session ' || s."id" || ' of user ' || s."userId" FROM "sessions" AS s
      WHERE s."expiresAt" > now() AND s."token" IN (
        SELECT "token" FROM "sessions" WHERE "expiresAt" > now() GROUP BY "token" HAVING count(*) > 1)`,
    choices: [{ choice: 'end', means: 'these sessions end: who has them signs in again' }],
  },
  {
    kind: 'refresh-tokens-without-expiry',
    what:
      'users with a refresh token of their own, of which nobody wrote down until when it is good (subject \'shared\': another user has ' +
      'the same; these end in any case)',
    rows: `
      SELECT CASE WHEN count(*) OVER (PARTITION BY u."refreshToken") > 1 THEN 'shared' ELSE '' END, 'users', u."id"::text,
        u."email" || ' (user ' || u."id" || ')'
      FROM "users" AS u WHERE u."refreshToken" IS NOT NULL
        AND NOT EXISTS (SELECT FROM "sessions" AS s WHERE s."token" = u."refreshToken" AND s."expiresAt" > now())`,
    choices: [
      { choice: 'end', means: 'who has no session besides signs in again' },
      {
        choice: 'keep-for-days',
        means: 'they are good for so many days from the moment of the migration',
        detail: {
          means: 'a number of days from 1 to 90',
          example: '30',
          accepts: (detail) => /^([1-9]|[1-8][0-9]|90)$/.test(detail),
        },
      },
    ],
  },
  {
    kind: 'stray-team-codes',
    what: 'users whose team code has blanks around it, which go',
    rows: `
      SELECT '', 'users', u."id"::text, '''' || u."teamCode" || '''' FROM "users" AS u
      WHERE u."teamCode" IS DISTINCT FROM ${trimmedInSql('u."teamCode"')}`,
    choices: [],
  },
  {
    kind: 'emails-with-capitals',
    what: 'users whose e-mail has capitals, which become small ones',
    rows: `
      SELECT '', 'users', u."id"::text, u."email" FROM "users" AS u WHERE u."email" <> lower(u."email")`,
    choices: [],
  },
];
