/** What must come out of the legacy rows. */
import { LEGACY_ARCHIVE, proveCounts, type CountProof, type RunSql } from '@hockey-hub/shared-lib';

const archived = (table: string) => `"${LEGACY_ARCHIVE}"."${table}"`;

const PROOFS: readonly CountProof[] = [
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
  await proveCounts(run, 'training-service', PROOFS);
}
