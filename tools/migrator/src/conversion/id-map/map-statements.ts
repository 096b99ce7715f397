/** Pure: the statements that make the pairs of the rows that a table has, in the order of their numbers. */
import { escapeIdentifier } from 'pg';
import { CONVERSION_FUNCTIONS } from '../pairing/conversion-functions';
import { idMapOf, quotedTable } from '../names';

export interface MapStatements {
  /** From the lowest number on: $1 task, $2 null, $3 taken by, $4 how many at most. */
  readonly first: string;
  /** From the number $2 on, not included. */
  readonly next: string;
  /** The same two, for when somebody has made some of the same pairs, or does so at this moment. */
  readonly firstAmongOthers: string;
  readonly nextAmongOthers: string;
  /** One row: how many rows have no pair. */
  readonly missing: string;
}

/** @param column has the numbers; not quoted */
export function mapStatements(table: string, column: string): MapStatements {
  const number = `t.${escapeIdentifier(column)}`;
  const rows = quotedTable(table);
  const map = idMapOf(table);
  const from = { lowest: 'true', next: `${number} > $2::bigint` };
  return {
    first: batch({ rows, map, number, from: from.lowest, conflict: '' }),
    next: batch({ rows, map, number, from: from.next, conflict: '' }),
    firstAmongOthers: batch({ rows, map, number, from: from.lowest, conflict: 'ON CONFLICT DO NOTHING' }),
    nextAmongOthers: batch({ rows, map, number, from: from.next, conflict: 'ON CONFLICT DO NOTHING' }),
    missing: `SELECT count(*)::float8 AS "rows" FROM ${rows} AS t
      WHERE NOT EXISTS (SELECT FROM ${map} AS "pair" WHERE "pair"."number" = ${number})`,
  };
}

interface BatchParts {
  readonly rows: string;
  readonly map: string;
  readonly number: string;
  readonly from: string;
  readonly conflict: string;
}

/**
 * Hardly a batch meets a pair that is there: those of rows that are younger than the triggers, and of what was converted before. So none is
 * looked for; where one is, the batch is refused and sent again with ON CONFLICT, which costs a third more than the rows. UUIDs of one session grow with the numbers, so the key's new index is in the order of the old one.
 */
const batch = ({ rows, map, number, from, conflict }: BatchParts) => `
  WITH "mine" AS MATERIALIZED (
    SELECT "task_id" FROM "id_conversion"."ranges"
     WHERE "task_id" = $1::bigint AND "at" IS NOT DISTINCT FROM $2::bigint AND "taken_by" = $3::text AND NOT "is_done" FOR UPDATE
  ), "numbers" AS MATERIALIZED (
    SELECT ${number}::bigint AS "number" FROM ${rows} AS t
     WHERE ${from} AND EXISTS (SELECT FROM "mine") ORDER BY ${number} LIMIT $4::integer
  ), "made" AS (
    INSERT INTO ${map} ("number", "uuid")
    SELECT "numbers"."number", ${CONVERSION_FUNCTIONS.newUuid}() FROM "numbers" ORDER BY "numbers"."number" ${conflict}
  )
  UPDATE "id_conversion"."ranges" AS r
     SET "at" = coalesce((SELECT max("number") FROM "numbers"), r."at"), "done_rows" = r."done_rows" + (SELECT count(*) FROM "numbers")
    FROM "mine" WHERE r."task_id" = "mine"."task_id"
  RETURNING r."at"::text AS "at", (SELECT count(*) FROM "numbers")::integer AS "rows"`;
