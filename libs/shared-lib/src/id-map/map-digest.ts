import type { IdMap } from './registered-maps';
import { ALL_NUMBERS } from './pack-pairs';
import type { Query } from './query';

/** What tells two id maps apart, however the pairs came into them and in whatever order. Numbers are text: they are large. */
export interface MapDigest {
  readonly pairs: string;
  /** The sum of a 64-bit hash of each pair. */
  readonly checksum: string;
  /** The highest number that was counted; null when there was no pair. */
  readonly upTo: string | null;
}

/** Numbers greater than `after` and up to `upTo`, text; without, all of them. */
export interface MapPart {
  readonly after?: string | undefined;
  /** What is compared must not grow meanwhile. */
  readonly upTo?: string | undefined;
}

/**
 * Reads that part of the map, 4 million pairs a second.
 *
 * The hash is the one that Postgres places rows in hash partitions by, with the number as its seed: the same in every version
 * of Postgres, and on every machine of the same byte order (all that Postgres is run on today are little-endian).
 */
export async function mapDigest(
  query: Query,
  map: Pick<IdMap, 'table'>,
  { after, upTo }: MapPart = {},
): Promise<MapDigest> {
  const [digest] = await query<MapDigest>(
    `SELECT count(*)::text AS "pairs", coalesce(sum(uuid_hash_extended("uuid", "number")), 0)::text AS "checksum",
            max("number")::text AS "upTo"
       FROM ${map.table} WHERE ($1::bigint IS NULL OR "number" > $1) AND "number" <= $2::bigint`,
    [after ?? null, upTo ?? ALL_NUMBERS.to],
  );
  return digest!;
}

/** Whether both have the same pairs. */
export function digestsAgree(
  one: Pick<MapDigest, 'pairs' | 'checksum'>,
  other: Pick<MapDigest, 'pairs' | 'checksum'>,
): boolean {
  return one.pairs === other.pairs && one.checksum === other.checksum;
}
