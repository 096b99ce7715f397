/** The statements of a copy of another service's id map. Owns the SQL on `id_conversion.id_maps`, decides nothing. */
import { idMapOf, hasIdMaps, type IdMap } from './registered-maps';
import type { MapDigest } from './map-digest';
import type { Query } from './query';

/** A copy that somebody needs whole, and that nobody has verified since something happened to it. */
export interface DueCopy extends IdMap {
  /** Where the pull goes on; null when none is underway. */
  readonly pulledUpTo: string | null;
  /** Of this owner's id maps, so far. */
  readonly deadLetters: string;
  /** Postgres's own text, with its microseconds. */
  readonly wantedAt: string;
  /** When this was read: what is found out from then on is as new as that. */
  readonly readAt: string;
}

interface CopyRow {
  readonly map: string;
  readonly owner: string;
  readonly table_name: string;
}

interface DueRow extends CopyRow {
  readonly pulled_up_to: string | null;
  readonly letters: string;
  readonly wanted_at: string;
  readonly read_at: string;
}

/** What was skipped is unknown: it must be looked at again. */
export async function distrustCopy(query: Query, name: string, owner: string): Promise<void> {
  if (!(await hasIdMaps(query))) return;
  await query(
    `WITH distrusted AS (
       UPDATE "id_conversion"."id_maps" SET "verified_at" = NULL WHERE "map" = $1 AND "owner" = $2 RETURNING 1
     )
     SELECT count(*) FROM distrusted`,
    [name, owner],
  );
}

/**
 * A dead letter of the owner's pairs is a reason to look, too: those that it held are missing. It need not be one that could
 * be read, so its subject says whose it is.
 * @param retryMs how long a copy with a problem is left alone
 */
export async function dueCopies(
  query: Query,
  owners: readonly string[],
  retryMs: number,
): Promise<readonly DueCopy[]> {
  const rows = await query<DueRow>(
    `WITH letters AS MATERIALIZED (
       SELECT owner, (SELECT count(*) FROM "dead_letters"
                       WHERE "subject" LIKE owner || '.id-map.%' OR "subject" LIKE owner || '.id-pair.%') AS letters
         FROM unnest($1::text[]) AS owner
     )
     SELECT map."map", map."owner", map."table_name", map."pulled_up_to", letters.letters,
            map."wanted_at"::text AS wanted_at, statement_timestamp()::text AS read_at
       FROM "id_conversion"."id_maps" AS map JOIN letters ON letters.owner = map."owner"
      WHERE map."wanted_at" IS NOT NULL
        AND (map."verified_at" IS NULL OR map."verified_at" < map."wanted_at" OR letters.letters <> map."dead_letters")
        AND (map."problem_at" IS NULL OR map."problem_at" < clock_timestamp() - make_interval(secs => $2::float8 / 1000)
             OR map."problem_at" < map."wanted_at")
      ORDER BY map."map"`,
    [owners, retryMs],
  );
  return rows.map((row) => ({
    ...idMapOf(row),
    pulledUpTo: row.pulled_up_to,
    deadLetters: row.letters,
    wantedAt: row.wanted_at,
    readAt: row.read_at,
  }));
}

/** Begins a pull, goes on with it (unless another process was faster), or ends it. */
export async function savePull(query: Query, copy: DueCopy, upTo: string | null): Promise<void> {
  await query(
    `WITH saved AS (
       UPDATE "id_conversion"."id_maps" SET "pulled_up_to" = $3::bigint
        WHERE "map" = $1 AND "pulled_up_to" IS NOT DISTINCT FROM $2::bigint RETURNING 1
     )
     SELECT count(*) FROM saved`,
    [copy.name, copy.pulledUpTo, upTo],
  );
}

export async function saveVerified(
  query: Query,
  { name, deadLetters, readAt }: DueCopy,
  { pairs, checksum, upTo }: MapDigest,
): Promise<void> {
  await query(
    `WITH saved AS (
       UPDATE "id_conversion"."id_maps"
          SET "verified_at" = $6::timestamptz, "pairs" = $2::bigint, "checksum" = $3::numeric, "verified_up_to" = $4::bigint, "dead_letters" = $5::bigint,
              "pulled_up_to" = NULL, "problem" = NULL, "problem_at" = NULL
        WHERE "map" = $1 RETURNING 1
     )
     SELECT count(*) FROM saved`,
    [name, pairs, checksum, upTo, deadLetters, readAt],
  );
}

/** What keeps the copy from being complete; it is looked at again after a while. */
export async function saveProblem(query: Query, { name }: DueCopy, problem: string): Promise<void> {
  await query(
    `WITH saved AS (
       UPDATE "id_conversion"."id_maps" SET "problem" = $2, "problem_at" = clock_timestamp(), "pulled_up_to" = NULL
        WHERE "map" = $1 RETURNING 1
     )
     SELECT count(*) FROM saved`,
    [name, problem],
  );
}
