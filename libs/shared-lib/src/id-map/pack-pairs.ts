/** Pairs out of an id map, packed for their way. Owns the SQL; what they look like is said in events/contracts/id-map.ts. */
import { MOST_PAIRS_OF_A_MESSAGE, type PackedPairs } from '../events/contracts/id-map';
import type { IdMap } from './registered-maps';
import type { Query } from './query';

/** Numbers are bigints as text: JavaScript's end at 2^53. */
export interface NumberRange {
  readonly from: string;
  readonly to: string;
}

export const ALL_NUMBERS: NumberRange = Object.freeze({
  from: '-9223372036854775808',
  to: '9223372036854775807',
});

export interface PackedPage {
  /** Undefined when there is no pair. */
  readonly packed?: PackedPairs;
  /** The highest number on it. */
  readonly last?: string;
}

interface Row {
  readonly count: number;
  readonly last: string | null;
  readonly pairs: string | null;
  readonly checksum: string | null;
}

/** `encode` breaks its lines, which the contract does not. */
const pack = (table: string, which: string): string => `
  WITH page AS MATERIALIZED (
    SELECT "number", "uuid" FROM ${table} WHERE ${which} ORDER BY "number" LIMIT ${MOST_PAIRS_OF_A_MESSAGE}
  ), packed AS MATERIALIZED (
    SELECT count(*)::int AS count, max("number")::text AS last,
           translate(encode(string_agg(int8send("number") || uuid_send("uuid"), ''::bytea ORDER BY "number"), 'base64'),
                     E'\\n', '') AS pairs
      FROM page
  )
  SELECT *, encode(sha256(convert_to(pairs, 'UTF8')), 'hex') AS checksum FROM packed`;

/** The first pairs of a range, at most as many as a message holds. Both ends are part of it. */
export function packRange(query: Query, map: IdMap, { from, to }: NumberRange): Promise<PackedPage> {
  return packed(query, map, '"number" BETWEEN $1::bigint AND $2::bigint', [from, to]);
}

/**
 * The pairs of these numbers; of one that has none, nothing.
 * @param numbers as Postgres writes an array: `{1,2,3}`; at most as many as a message holds
 */
export function packNumbers(query: Query, map: IdMap, numbers: string): Promise<PackedPage> {
  return packed(query, map, '"number" = ANY ($1::bigint[])', [numbers]);
}

async function packed(query: Query, map: IdMap, which: string, values: unknown[]): Promise<PackedPage> {
  const [row] = await query<Row>(pack(map.table, which), values);
  const { count, last, pairs, checksum } = row!;
  if (pairs === null || last === null || checksum === null) return {};
  return { packed: { map: map.name, count, pairs, checksum }, last };
}
