/** Rows of before the load, with keys that are not converted. */
import type { Pool } from 'pg';
import type { KnownUsers } from './known-users';

const SAMPLE_SIZE = 20_000;

export interface SampledRows {
  readonly sessions: readonly { readonly id: number; readonly token: string }[];
  /** Ids of workout_sessions. */
  readonly workouts: readonly string[];
  /** Ids of workout_assignments. */
  readonly assignments: readonly string[];
}

/** @throws what `pg` throws */
export async function sampleRows(user: Pool, training: Pool): Promise<SampledRows> {
  const sessions = await user.query<{ id: number; token: string }>(
    `SELECT "id", "token" FROM ${sampleOf('sessions')}`,
  );
  const ids = async (table: string): Promise<string[]> => {
    const { rows } = await training.query<{ id: string }>(`SELECT "id" FROM ${sampleOf(table)}`);
    return rows.map(({ id }) => id);
  };
  const [workouts, assignments] = [await ids('workout_sessions'), await ids('workout_assignments')];
  return { sessions: sessions.rows, workouts, assignments };
}

/** Adds ids of users to what a group of clients knows, in the shape that it sees. */
export async function learnUsers(pool: Pool, known: KnownUsers): Promise<void> {
  const { rows } = await pool.query<{ id: string | number }>(
    `SELECT "id" FROM "users" WHERE "id" IS NOT NULL ORDER BY random() LIMIT ${SAMPLE_SIZE}`,
  );
  for (const { id } of rows) known.add(String(id));
}

/** From everywhere in the table: rows of one page would be locked together, and cached together. */
function sampleOf(table: string): string {
  return `"public"."${table}" ORDER BY random() LIMIT ${SAMPLE_SIZE}`;
}
