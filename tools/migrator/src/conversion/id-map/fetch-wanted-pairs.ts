/** Pairs that rows of another service wait for, and no others: what has to be fetched again and again while clients write. */
import type { ConversionDatabase } from '../conversion-database';
import { idMapOf } from '../names';
import { WAITING_TABLE } from '../pairing/pairing-names';

/** Of one of the two the other is wanted. */
interface Wanted {
  readonly number: string | null;
  readonly uuid: string | null;
}

const AT_ONCE = 10_000;

/**
 * One round: what the owner does not know now is not waited for. A pair that contradicts another stays wanted, and `copyIdMap` says so.
 * @param table of the owner: `users`; both databases have a map of that name
 */
export async function fetchWantedPairs(
  from: ConversionDatabase,
  to: ConversionDatabase,
  table: string,
): Promise<void> {
  const map = idMapOf(table);
  const wanted = await to.query<Wanted>(
    `SELECT DISTINCT w."number"::text AS "number", w."uuid"::text AS "uuid" FROM ${WAITING_TABLE} AS w
      WHERE w."map" = $1 AND NOT EXISTS (SELECT FROM ${map} AS m WHERE m."number" = w."number")
        AND NOT EXISTS (SELECT FROM ${map} AS m WHERE m."uuid" = w."uuid") LIMIT ${AT_ONCE}`,
    [table],
  );
  if (wanted.length === 0) return;
  const pairs = await from.query<{ number: string; uuid: string }>(
    `SELECT "number"::text AS "number", "uuid"::text AS "uuid" FROM ${map} WHERE "number" = ANY ($1::bigint[])
      UNION SELECT "number"::text, "uuid"::text FROM ${map} WHERE "uuid" = ANY ($2::uuid[])`,
    [wanted.flatMap(({ number }) => number ?? []), wanted.flatMap(({ uuid }) => uuid ?? [])],
  );
  if (pairs.length === 0) return;
  await to.query(
    `INSERT INTO ${map} ("number", "uuid") SELECT * FROM unnest($1::bigint[], $2::uuid[]) AS p("number", "uuid") ORDER BY p."number"
     ON CONFLICT DO NOTHING`,
    [pairs.map(({ number }) => number), pairs.map(({ uuid }) => uuid)],
  );
}
