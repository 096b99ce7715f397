/** How the migrator asks for a whole copy, and learns when there is one: through the database that both use. */
import type { Query } from './query';

/**
 * Makes a running process of the service compare the copy with the owner's map, and read what it misses.
 * @returns false when no such copy is registered
 */
export async function wantCopy(query: Query, map: string): Promise<boolean> {
  const [row] = await query<{ wanted: boolean }>(
    `WITH wanted AS (
       UPDATE "id_conversion"."id_maps" SET "wanted_at" = clock_timestamp() WHERE "map" = $1 RETURNING 1
     )
     SELECT count(*) > 0 AS wanted FROM wanted`,
    [map],
  );
  return row!.wanted;
}

/** The other way: the service's processes stop comparing it. The pairs that are there stay, and events go on bringing new ones. */
export async function forgoCopy(query: Query, map: string): Promise<void> {
  await query(`UPDATE "id_conversion"."id_maps" SET "wanted_at" = NULL WHERE "map" = $1`, [map]);
}

export interface CopyState {
  /** Whether it was equal to the owner's map at some moment since it was wanted. */
  readonly isComplete: boolean;
  /** When that was the case: how many pairs, of numbers up to which (null when there was none), with which checksum. */
  readonly pairs: string | null;
  readonly upTo: string | null;
  readonly checksum: string | null;
  /** What is wrong; null while it is only underway. */
  readonly problem: string | null;
}

/** Undefined when no such copy is registered. Numbers are text. */
export async function copyState(query: Query, map: string): Promise<CopyState | undefined> {
  const [state] = await query<CopyState>(
    `SELECT coalesce("verified_at" >= "wanted_at", false) AS "isComplete", "pairs"::text, "verified_up_to"::text AS "upTo",
            "checksum"::text, CASE WHEN "problem_at" >= "wanted_at" THEN "problem" END AS "problem"
       FROM "id_conversion"."id_maps" WHERE "map" = $1`,
    [map],
  );
  return state;
}
