/** The club and its teams: one for each trimmed team code of a user or, as far as they were told, of another service. */
import {
  DEFAULT_ORGANIZATION_ID,
  DEFAULT_ORGANIZATION_NAME,
  DEFAULT_ORGANIZATION_SUBDOMAIN,
  DEFAULT_TEAM_NAME,
  LEGACY_ARCHIVE,
  LEGACY_TEAM_CODES,
  legacyTeamId,
  seasonOf,
  trimmedInSql,
  type RunSql,
} from '@hockey-hub/shared-lib';

/** Which team a code became. The null of those without a code is the empty text here. */
export const TEAMS_OF_CODES = `"${LEGACY_ARCHIVE}"."teams_of_codes"`;

/** A legacy row's key in TEAMS_OF_CODES, in SQL. */
export const teamKey = (column: string) => `coalesce(${trimmedInSql(column)}, '')`;

/** Where there are neither users nor codes there is no club, and nothing is made. */
export async function takeOverTeams(run: RunSql, now: Date): Promise<void> {
  const found = (await run(`
    SELECT ${trimmedInSql('"teamCode"')} AS "code" FROM "${LEGACY_ARCHIVE}"."users"
    UNION SELECT "code" FROM ${LEGACY_TEAM_CODES}`)) as { code: string | null }[];
  await run(`CREATE TABLE ${TEAMS_OF_CODES} ("code" text PRIMARY KEY, "team_id" uuid NOT NULL)`);
  if (found.length === 0) return;
  const codes = [...new Set(['', ...found.map(({ code }) => code ?? '')])];
  await run(`INSERT INTO ${TEAMS_OF_CODES} SELECT * FROM unnest($1::text[], $2::uuid[])`, [
    codes,
    codes.map((code) => legacyTeamId(code || DEFAULT_TEAM_NAME)),
  ]);
  await run(
    `INSERT INTO "organizations" ("id", "name", "subdomain", "subscription_tier") VALUES ($1, $2, $3, 'free')`,
    [DEFAULT_ORGANIZATION_ID, DEFAULT_ORGANIZATION_NAME, DEFAULT_ORGANIZATION_SUBDOMAIN],
  );
  await run(
    `INSERT INTO "teams" ("id", "organization_id", "name", "team_type", "season")
     SELECT DISTINCT "team_id", $1::uuid, coalesce(nullif("code", ''), $2), 'recreational'::"teams_team_type_enum", $3
     FROM ${TEAMS_OF_CODES}`,
    [DEFAULT_ORGANIZATION_ID, DEFAULT_TEAM_NAME, seasonOf(now)],
  );
}
