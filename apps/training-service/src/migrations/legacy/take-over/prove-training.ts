/** Counts what came out against what went in, in the transaction that moved it: if anything is missing, nothing happened. */
import { LEGACY_ARCHIVE, LegacyError, type RunSql } from '@hockey-hub/shared-lib';

interface Proof {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

const archived = (table: string) => `"${LEGACY_ARCHIVE}"."${table}"`;

const PROOFS: readonly Proof[] = [
  { what: 'workout sessions', expected: archived('workout_sessions'), found: '"workout_sessions"' },
  {
    what: 'workout assignments with their session and player',
    expected: `${archived('workout_assignments')} WHERE "playerId" IS NOT NULL`,
    found: `${archived('workout_assignments')} AS old JOIN "workout_assignments" AS new ON new."id" = old."id"
      AND new."workout_session_id" = old."sessionId" AND new."player_id" = old."playerId"`,
  },
  {
    what: 'players in the lists of sessions',
    expected: `(SELECT DISTINCT w."id", p FROM ${archived('workout_sessions')} AS w, unnest(w."playerIds") AS p WHERE p IS NOT NULL) AS listed`,
    found: `(SELECT DISTINCT w."id", p FROM ${archived('workout_sessions')} AS w, unnest(w."playerIds") AS p
      JOIN "workout_assignments" AS a ON a."player_id" = p WHERE a."workout_session_id" = w."id") AS assigned`,
  },
  {
    what: 'workout loads with their session and player',
    expected: `${archived('player_workout_loads')} WHERE "playerId" IS NOT NULL`,
    found: `${archived('player_workout_loads')} AS old JOIN "player_workout_loads" AS new ON new."id" = old."id"
      AND new."workout_session_id" = old."sessionId" AND new."player_id" = old."playerId"`,
  },
];

/** @throws LegacyError LEGACY_ROWS_LOST */
export async function proveTraining(run: RunSql): Promise<void> {
  for (const table of ['workout_sessions', 'workout_assignments', 'player_workout_loads']) {
    await run(`ANALYZE "${table}"`);
  }
  for (const { what, expected, found } of PROOFS) {
    const [counted] = (await run(
      `SELECT (SELECT count(*) FROM ${expected}) AS "expected", (SELECT count(*) FROM ${found}) AS "found"`,
    )) as [{ expected: string; found: string }];
    if (counted.expected === counted.found) continue;
    throw new LegacyError(
      'LEGACY_ROWS_LOST',
      `training-service: ${counted.expected} ${what} were to come out of the legacy rows, and ${counted.found} did. Nothing was changed. This is an ` +
        'error of the migration: report it with these numbers.',
    );
  }
}
