/**
 * The team codes that another service's legacy database has, and this one may not know: teams are made in the user-service, and workouts in the
 * training-service name them by code. Whoever has both databases at hand copies the codes, in both directions, before the
 * transformation; nothing is created or pointed at on a guess.
 */
import type { RunSql } from './run-sql';

export const LEGACY_TEAM_CODES = '"id_conversion"."legacy_team_codes"';

/** Version 1 of the table; a migration calls it, so this function never changes. */
export async function createLegacyTeamCodesV1(run: RunSql): Promise<void> {
  await run('CREATE SCHEMA IF NOT EXISTS "id_conversion"');
  await run(`CREATE TABLE IF NOT EXISTS ${LEGACY_TEAM_CODES} ("code" text PRIMARY KEY)`);
  await run(`COMMENT ON TABLE ${LEGACY_TEAM_CODES} IS 'Trimmed team codes that the other service has'`);
}

export async function dropLegacyTeamCodesV1(run: RunSql): Promise<void> {
  await run(`DROP TABLE IF EXISTS ${LEGACY_TEAM_CODES}`);
}
