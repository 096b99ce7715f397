/**
 * Tells each legacy database the team codes of the other, so that the user-service makes a team for every code and the
 * training-service knows which there are. To be run after LegacyDecisions and before LegacyToTarget, as often as one likes.
 */
import { trimmedInSql } from '@hockey-hub/shared-lib/src/legacy/legacy-club';
import { LEGACY_TEAM_CODES } from '@hockey-hub/shared-lib/src/legacy/legacy-team-codes';
import type { Client } from 'pg';
import { LegacyClubsError } from './errors';

const trimmed = trimmedInSql('"teamCode"');

/**
 * @returns the codes that have, or will have, a team
 * @throws LegacyClubsError NOT_PREPARED
 */
export async function exchangeTeamCodes(user: Client, training: Client): Promise<readonly string[]> {
  await requirePrepared('user-service', user);
  await requirePrepared('training-service', training);
  const ofSessions = await codesOf(training, '"workout_sessions"', trimmed);
  const codes = await codesWithTeam(user, ofSessions);
  await write(training, codes);
  return codes;
}

/** Written down in the user database before the other one hears of them: a team is made even if its last member leaves it meanwhile. */
async function codesWithTeam(user: Client, ofSessions: readonly string[]): Promise<readonly string[]> {
  await user.query('BEGIN');
  try {
    // Waits for a transformation that is under way.
    await user.query('LOCK TABLE "users" IN ACCESS SHARE MODE');
    const { rows } = await user.query(
      `SELECT WHERE to_regclass('legacy_archive.teams_of_codes') IS NOT NULL`,
    );
    const isTransformed = rows.length > 0;
    if (!isTransformed) {
      await write(user, ofSessions);
      await write(user, await codesOf(user, '"users"', trimmed));
    }
    // Once the teams are made, a code that has none gets none any more.
    const codes = isTransformed
      ? await codesOf(user, '"legacy_archive"."teams_of_codes"', `nullif("code", '')`)
      : await codesOf(user, LEGACY_TEAM_CODES, '"code"');
    await user.query('COMMIT');
    return codes;
  } catch (error) {
    await user.query('ROLLBACK');
    throw error;
  }
}

async function codesOf(client: Client, from: string, code: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ code: string }>(
    `SELECT DISTINCT ${code} AS code FROM ${from} WHERE ${code} IS NOT NULL ORDER BY 1`,
  );
  return rows.map((row) => row.code);
}

async function write(client: Client, codes: readonly string[]): Promise<void> {
  await client.query(
    `INSERT INTO ${LEGACY_TEAM_CODES} SELECT * FROM unnest($1::text[]) ON CONFLICT DO NOTHING`,
    [codes],
  );
}

async function requirePrepared(service: string, client: Client): Promise<void> {
  const { rows } = await client.query<{ found: string | null }>('SELECT to_regclass($1) AS found', [
    LEGACY_TEAM_CODES,
  ]);
  if (rows[0]!.found !== null) return;
  throw new LegacyClubsError(
    'NOT_PREPARED',
    `the legacy database of ${service} has no table ${LEGACY_TEAM_CODES}; its migration LegacyDecisions makes it. Nothing was changed. ` +
      'Run `migrate` until it stops there, then this again.',
  );
}
