/** Sessions, who is to do them, and how much of them: the same ids, as the findings say. */
import {
  DEFAULT_TEAM_NAME,
  joinLegacyFinding,
  LEGACY_ARCHIVE,
  legacyTeamId,
  trimmedInSql,
  type RunSql,
} from '@hockey-hub/shared-lib';

const SESSIONS = `"${LEGACY_ARCHIVE}"."workout_sessions"`;
const ASSIGNMENTS = `"${LEGACY_ARCHIVE}"."workout_assignments"`;
const LOADS = `"${LEGACY_ARCHIVE}"."player_workout_loads"`;
const LONGEST_TITLE = 150;

export async function takeOverTraining(run: RunSql): Promise<void> {
  await makeTeamIds(run);
  await insertSessions(run);
  await insertAssignments(run);
  await insertLoads(run);
}

/** Each code with the id that the user-service gives its team; the empty text stands for no code. */
async function makeTeamIds(run: RunSql): Promise<void> {
  const found = (await run(
    `SELECT DISTINCT coalesce(${trimmedInSql('"teamCode"')}, '') AS "code" FROM ${SESSIONS}`,
  )) as { code: string }[];
  const codes = found.map(({ code }) => code);
  await run(
    `CREATE TEMPORARY TABLE "legacy_team_ids" ON COMMIT DROP AS SELECT * FROM unnest($1::text[], $2::uuid[]) AS t ("code", "id")`,
    [codes, codes.map((code) => legacyTeamId(code || DEFAULT_TEAM_NAME))],
  );
}

/**
 * Nobody wrote down what kind of workout a session was, so all are hybrid; nor whether one took place, so one with a date is
 * scheduled, and one without is a draft.
 */
async function insertSessions(run: RunSql): Promise<void> {
  await run(
    `INSERT INTO "workout_sessions" ("id", "team_id", "created_by", "title", "type", "status", "scheduled_at")
     SELECT w."id", CASE WHEN u."row_id" IS NULL THEN t."id" ELSE $1::uuid END, coalesce(w."createdBy", c."detail"::uuid),
       left(coalesce(CASE WHEN ${trimmedInSql('w."title"')} IS NOT NULL THEN w."title" END, 'Untitled'), ${LONGEST_TITLE}),
       'hybrid', (CASE WHEN w."scheduledAt" IS NULL THEN 'draft' ELSE 'scheduled' END)::"workout_sessions_status_enum", w."scheduledAt"
     FROM ${SESSIONS} AS w JOIN "legacy_team_ids" AS t ON t."code" = coalesce(${trimmedInSql('w."teamCode"')}, '')
       ${joinLegacyFinding('unknown-teams', 'u', 'w')} ${joinLegacyFinding('sessions-without-creator', 'c', 'w')}`,
    [legacyTeamId(DEFAULT_TEAM_NAME)],
  );
}

/** The legacy assignments, and one for everybody who was only in the list of a session's players. */
async function insertAssignments(run: RunSql): Promise<void> {
  await run(`
    INSERT INTO "workout_assignments" ("id", "workout_session_id", "player_id", "due_at")
    SELECT a."id", a."sessionId", a."playerId", w."scheduledAt"
    FROM ${ASSIGNMENTS} AS a JOIN ${SESSIONS} AS w ON w."id" = a."sessionId" WHERE a."playerId" IS NOT NULL`);
  await run(`
    INSERT INTO "workout_assignments" ("workout_session_id", "player_id", "due_at")
    SELECT listed."id", listed."player_id", listed."scheduledAt"
    FROM (SELECT DISTINCT w."id", w."scheduledAt", p."player_id" FROM ${SESSIONS} AS w, unnest(w."playerIds") AS p ("player_id")
      WHERE p."player_id" IS NOT NULL) AS listed
    WHERE NOT EXISTS (SELECT FROM ${ASSIGNMENTS} AS a WHERE a."sessionId" = listed."id" AND a."playerId" = listed."player_id")`);
}

async function insertLoads(run: RunSql): Promise<void> {
  await run(`
    INSERT INTO "player_workout_loads" ("id", "workout_session_id", "player_id", "load_factor")
    SELECT l."id", l."sessionId", l."playerId",
      CASE WHEN l."load" = 'NaN' THEN 1 ELSE round(least(greatest(l."load", 0), 10), 3) END
    FROM ${LOADS} AS l WHERE l."playerId" IS NOT NULL`);
}
