/**
 * The legacy tables move as they are to the schema `legacy_archive`, and stay there until somebody drops it: what has no place in the
 * platform (notes, the metadata of sessions with their coaches) is still to be read.
 */
import { LEGACY_ARCHIVE, type RunSql } from '@hockey-hub/shared-lib';

export const LEGACY_TRAINING_TABLES = [
  'workout_sessions',
  'workout_assignments',
  'player_workout_loads',
  'notes',
] as const;

/** Reads and writes of others wait from here on, so that what was judged is what is moved. */
export async function lockLegacyTraining(run: RunSql): Promise<void> {
  await run(`LOCK TABLE ${LEGACY_TRAINING_TABLES.map((table) => `"${table}"`).join(', ')} IN ACCESS EXCLUSIVE MODE`);
}

export async function archiveTraining(run: RunSql): Promise<void> {
  for (const table of LEGACY_TRAINING_TABLES) await run(`ALTER TABLE "${table}" SET SCHEMA "${LEGACY_ARCHIVE}"`);
}
