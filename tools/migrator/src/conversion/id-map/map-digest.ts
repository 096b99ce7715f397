/** What tells two id maps apart, however the pairs came into them and in whatever order: the same on every Postgres. */
import type { Query } from '../../pg/query';
import { idMapOf } from '../names';

/** Text: they may be larger than JavaScript's numbers. */
export interface MapDigest {
  readonly pairs: string;
  /**
   * The sum of a 64-bit hash of each pair: of the one by which Postgres places rows in hash partitions, so it stays what it is,
   * with the number as its seed. The shared lib's `mapDigest` computes the same.
   */
  readonly checksum: string;
}

/** Numbers greater than `after` and up to `upTo`, text; without, all of them. */
export interface MapPart {
  readonly after?: string | undefined;
  readonly upTo?: string | undefined;
}

/**
 * Reads that part of the map; about 4 million pairs a second.
 * @param table of the owner: `users`
 */
export async function mapDigest(
  query: Query,
  table: string,
  { after, upTo }: MapPart = {},
): Promise<MapDigest> {
  const [digest] = await query<MapDigest>(
    `SELECT count(*)::text AS "pairs", coalesce(sum(uuid_hash_extended("uuid", "number")), 0)::text AS "checksum"
       FROM ${idMapOf(table)} WHERE ($1::bigint IS NULL OR "number" > $1) AND ($2::bigint IS NULL OR "number" <= $2)`,
    [after ?? null, upTo ?? null],
  );
  return digest!;
}

export const digestsAgree = (one: MapDigest, other: MapDigest): boolean =>
  one.pairs === other.pairs && one.checksum === other.checksum;
