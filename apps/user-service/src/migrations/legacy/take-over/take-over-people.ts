/** Everybody, as the findings say: the same ids, e-mails, names and passwords; memberships, guardianships and signed-in devices. */
import { DEFAULT_ORGANIZATION_ID, joinLegacyFinding, LEGACY_ARCHIVE, LEGACY_FINDINGS, trimmedInSql, type RunSql } from '@hockey-hub/shared-lib';
import { SYSTEM_ROLES } from './legacy-roles';
import { TEAMS_OF_CODES, teamKey } from './take-over-teams';

const USERS = `"${LEGACY_ARCHIVE}"."users"`;
/** Of the right form, and of no password: what it is the hash of is nothing that can be typed. */
const NO_PASSWORD = '$2b$10$' + '.'.repeat(53);

/** The finding of a kind about a row of `u`, in SQL. */
const finding = (kind: string, alias: string) => joinLegacyFinding(kind, alias, 'u');

export async function takeOverPeople(run: RunSql): Promise<void> {
  await run(`CREATE TEMPORARY TABLE "legacy_role_ids" ON COMMIT DROP AS SELECT * FROM unnest($1::text[], $2::uuid[]) AS r ("name", "id")`, [
    Object.keys(SYSTEM_ROLES),
    Object.values(SYSTEM_ROLES),
  ]);
  // Everybody's role, decided or as it was.
  await run(`
    CREATE TEMPORARY TABLE "legacy_role_of" ON COMMIT DROP AS
    SELECT u."id" AS "user_id", r."id" AS "role_id"
    FROM ${USERS} AS u ${finding('unknown-roles', 'f')} JOIN "legacy_role_ids" AS r ON r."name" = coalesce(f."detail", u."role")`);
  await run('ANALYZE "legacy_role_of"');
  await insertRoles(run);
  await insertUsers(run);
  await insertMemberships(run);
  await insertGuardianships(run);
  await insertRefreshTokens(run);
}

/** The roles that somebody has; SeedSystemRoles brings the others, the descriptions and the permissions. */
async function insertRoles(run: RunSql): Promise<void> {
  await run(`
    INSERT INTO "roles" ("id", "name", "description", "is_system")
    SELECT r."id", r."name", r."name", true FROM "legacy_role_ids" AS r
    WHERE r."id" IN (SELECT "role_id" FROM "legacy_role_of")`);
}

async function insertUsers(run: RunSql): Promise<void> {
  const name = (column: string) => `coalesce(CASE WHEN ${trimmedInSql(column)} IS NOT NULL THEN ${column} END, n."detail")`;
  await run(`
    INSERT INTO "users" ("id", "created_at", "updated_at", "email", "password_hash", "first_name", "last_name", "is_active", "last_login_at")
    SELECT u."id", u."createdAt", u."updatedAt",
      CASE WHEN e."row_id" IS NULL OR "place" = 1 THEN lower(u."email") ELSE ${renamedEmail('u')} END,
      CASE WHEN p."row_id" IS NULL THEN u."password" ELSE $1 END,
      ${name('u."firstName"')}, ${name('u."lastName"')}, u."status" = 'active', u."lastLogin"
    FROM (SELECT *, row_number() OVER (PARTITION BY lower("email") ORDER BY "lastLogin" DESC NULLS LAST, "updatedAt" DESC, "id") AS "place" FROM ${USERS}) AS u
      ${finding('emails-differing-in-case', 'e')} ${finding('missing-names', 'n')} ${finding('passwords-not-hashed', 'p')}`, [NO_PASSWORD]);
}

/** `anna@club.example` -> `anna+<id>@club.example`: mail servers that know this form still deliver it; no two can be the same. */
function renamedEmail(user: string): string {
  const idLength = 37;
  const longest = 255;
  const local = `regexp_replace(lower(${user}."email"), '@[^@]*$', '')`;
  const domain = `coalesce(substring(lower(${user}."email") from '@[^@]*$'), '')`;
  return `left(${local}, ${longest - idLength} - length(${domain})) || '+' || ${user}."id" || ${domain}`;
}

async function insertMemberships(run: RunSql): Promise<void> {
  await run(`
    INSERT INTO "organization_memberships" ("user_id", "organization_id", "role_id", "joined_at")
    SELECT u."id", $1, r."role_id", u."createdAt" FROM ${USERS} AS u JOIN "legacy_role_of" AS r ON r."user_id" = u."id"`, [DEFAULT_ORGANIZATION_ID]);
  await run(`
    INSERT INTO "team_memberships" ("team_id", "user_id", "role_id", "joined_at")
    SELECT t."team_id", u."id", r."role_id", u."createdAt" FROM ${USERS} AS u
      JOIN "legacy_role_of" AS r ON r."user_id" = u."id"
      JOIN ${TEAMS_OF_CODES} AS t ON t."code" = ${teamKey('u."teamCode"')}`);
}

async function insertGuardianships(run: RunSql): Promise<void> {
  await run(`
    INSERT INTO "guardianships" ("parent_id", "child_id")
    SELECT "parentId", "childId" FROM "${LEGACY_ARCHIVE}"."parent_links" WHERE "parentId" <> "childId"`);
}

const tokenHash = (token: string) => `encode(sha256(convert_to(${token}, 'UTF8')), 'hex')`;

/** Who is signed in stays so: the platform knows a token by its SHA-256. */
async function insertRefreshTokens(run: RunSql): Promise<void> {
  await run(`
    INSERT INTO "refresh_tokens" ("user_id", "token_hash", "expires_at")
    SELECT s."userId", ${tokenHash('s."token"')}, s."expiresAt"
    FROM "${LEGACY_ARCHIVE}"."sessions" AS s
    WHERE s."expiresAt" > now() AND NOT EXISTS (
      SELECT FROM ${LEGACY_FINDINGS} AS f WHERE f."kind" = 'shared-session-tokens' AND f."row_id" = s."id"::text)`);
  await run(`
    INSERT INTO "refresh_tokens" ("user_id", "token_hash", "expires_at")
    SELECT u."id", ${tokenHash('u."refreshToken"')}, now() + make_interval(days => f."detail"::int)
    FROM ${USERS} AS u JOIN ${LEGACY_FINDINGS} AS f ON f."kind" = 'refresh-tokens-without-expiry' AND f."row_id" = u."id"::text
    WHERE f."choice" = 'keep-for-days' AND f."subject" <> 'shared'`);
}
