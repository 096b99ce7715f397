/** Packed pairs into an id map. Owns the SQL, and what a contradiction is. */
import type { PackedPairs } from '../events/contracts/id-map';
import type { IdMap } from './registered-maps';
import type { Query } from './query';
import { canFillWaiting, fillWaiting } from './waiting-rows';

export interface StoredPairs {
  /** How many were not there before. */
  readonly inserted: number;
  /** What those that could not be stored contradict; undefined when there are none. */
  readonly contradiction?: string;
}

/** Decoded once, and in Postgres: $1 are the packed pairs, $2 their count. */
const PAIRS = `
  packed AS MATERIALIZED (SELECT decode($1::text, 'base64') AS bytes),
  pair AS MATERIALIZED (
    SELECT ('x' || encode(substring(bytes FROM place * 24 + 1 FOR 8), 'hex'))::bit(64)::bigint AS number,
           encode(substring(bytes FROM place * 24 + 9 FOR 16), 'hex')::uuid AS uuid
      FROM packed CROSS JOIN generate_series(0, $2::int - 1) AS place
  )`;

const insert = (table: string): string => `
  WITH ${PAIRS}, inserted AS (
    INSERT INTO ${table} ("number", "uuid") SELECT number, uuid FROM pair ORDER BY number
    ON CONFLICT DO NOTHING RETURNING "number"
  )
  SELECT count(*)::int AS inserted, CASE WHEN $3::boolean THEN array_agg("number")::text END AS numbers FROM inserted`;

/** A statement after the insert: it sees what others inserted meanwhile, which the insert waited for and passed over. */
const contradictions = (table: string): string => `
  WITH ${PAIRS}, wrong AS MATERIALIZED (
    SELECT pair.number, pair.uuid, other.number AS other_number, other.uuid AS other_uuid
      FROM pair LEFT JOIN LATERAL (
        SELECT known."number", known."uuid" FROM ${table} AS known
         WHERE known."number" = pair.number OR known."uuid" = pair.uuid ORDER BY known."number" LIMIT 1) AS other ON true
     WHERE NOT EXISTS (SELECT FROM ${table} AS known WHERE known."number" = pair.number AND known."uuid" = pair.uuid)
  )
  SELECT count(*) OVER ()::int AS count, wrong.number::text, uuid::text, other_number::text AS "otherNumber",
         other_uuid::text AS "otherUuid" FROM wrong ORDER BY wrong.number LIMIT 1`;

interface Contradiction {
  readonly count: number;
  readonly number: string;
  readonly uuid: string;
  readonly otherNumber: string;
  readonly otherUuid: string;
}

/**
 * Pairs that are there already are passed over; those that contradict one that is there are left out, and told of. Rows that
 * waited for what is new get their other half.
 * @param query of a transaction
 */
export async function storePairs(
  query: Query,
  map: IdMap,
  { pairs, count }: Pick<PackedPairs, 'pairs' | 'count'>,
): Promise<StoredPairs> {
  const mayWait = await canFillWaiting(query);
  const [row] = await query<{ inserted: number; numbers: string | null }>(insert(map.table), [
    ...[pairs, count, mayWait],
  ]);
  const { inserted, numbers } = row!;
  if (numbers !== null) await fillWaiting(query, map.name, numbers);
  if (inserted === count) return { inserted };
  const [wrong] = await query<Contradiction>(contradictions(map.table), [pairs, count]);
  return { inserted, ...(wrong && { contradiction: described(map, wrong) }) };
}

function described(
  { name, owner }: IdMap,
  { count, number, uuid, otherNumber, otherUuid }: Contradiction,
): string {
  return (
    `${count} pair(s) of the id map ${name} that ${owner} sent contradict what is here; the first: ${number} is ${uuid} there, ` +
    `and here ${otherNumber} is ${otherUuid}`
  );
}
