/**
 * Rows that have one half of a reference only, because its pair is not known here yet: a user of another service whose pair is on its way,
 * a number that has no row. The trigger that could not fill the other half writes down what it waits for, and `fill-waiting.ts` fills it
 * when the pair has come. What the backfill comes by needs no such row.
 *
 * A row is known by its primary key; where that is itself a twin, by the number of a key, and by the half that the primary key has
 * just now of a reference; when that changes, so does what is written here (move-row-key.ts). A table without a primary key is searched.
 */
import { escapeLiteral } from 'pg';
import type { IdConversion } from '../declaration';
import { idMapOf } from '../names';
import type { Shape } from '../twins';
import { columnOf, type PairedReference, type PairedTable } from './paired-table';
import { fillerName, WAITING_TABLE } from './pairing-names';
import { referenceSql } from './reference-sql';
import { rowKey, rowKeysOf } from './row-key';

export const makeWaitingTable = (): readonly string[] => [
  // One of "number" and "uuid" is given: what the row has, and waits for the other of.
  `CREATE TABLE IF NOT EXISTS ${WAITING_TABLE} (
     "map" text NOT NULL,
     "number" bigint,
     "uuid" uuid,
     "table_name" text NOT NULL,
     "column_name" text NOT NULL,
     "filled_by" text NOT NULL,
     "row_key" jsonb NOT NULL,
     -- Not now(), which is when the client's transaction began: it may have heard of the other row since.
     "since" timestamptz NOT NULL DEFAULT clock_timestamp(),
     -- When it was last tried to fill the row, in vain; those that never were are null, and are the first ones to be tried.
     "tried_at" timestamptz,
     CHECK (("number" IS NULL) <> ("uuid" IS NULL)),
     UNIQUE NULLS NOT DISTINCT ("map", "number", "uuid", "filled_by", "column_name", "row_key")
   )`,
  `CREATE INDEX IF NOT EXISTS "waiting_rows" ON ${WAITING_TABLE} ("filled_by", "row_key")`,
];

/**
 * A statement of a trigger function: the row NEW waits for what this half of `twin` refers to and is in no map; and not any more for what
 * was there before, which may never come and would keep it from being filled.
 */
export function waitFor(
  conversion: IdConversion,
  table: PairedTable,
  twin: PairedReference,
  given: Shape,
  shape: Shape,
): string {
  const value = columnOf('NEW', twin.names[given]);
  const id = given === 'numeric' ? '"number"' : '"uuid"';
  const missing = twin.references.map((reference) => {
    const sql = referenceSql(reference, 'NEW');
    const query = given === 'numeric' ? sql.numbersIn(value) : sql.uuidsIn(value);
    return `SELECT ${escapeLiteral(reference.to)}, "wanted"."id" FROM (${query}) AS "wanted"("id")
      WHERE "wanted"."id" IS NOT NULL
        AND NOT EXISTS (SELECT FROM ${idMapOf(reference.to)} AS "pair" WHERE "pair".${id} = "wanted"."id")`;
  });
  const [column, filler] = [twin.column, fillerName(conversion, table.table)].map(escapeLiteral);
  const forgotten = `"forgotten" AS (
      DELETE FROM ${WAITING_TABLE} AS "row"
       WHERE TG_OP = 'UPDATE' AND "row"."filled_by" = ${filler} AND "row"."row_key" IN (${rowKeysOf(table, 'OLD').join(', ')})
         AND "row"."column_name" = ${column}
         AND NOT EXISTS (SELECT FROM "missing" WHERE "missing"."map" = "row"."map" AND "missing"."id" = "row".${id}))`;
  return `WITH "missing"("map", "id") AS (${missing.join(' UNION ')})${table.primaryKey.length > 0 ? `, ${forgotten}` : ''}
    INSERT INTO ${WAITING_TABLE} ("map", ${id}, "table_name", "column_name", "filled_by", "row_key")
    SELECT "missing"."map", "missing"."id", ${escapeLiteral(table.table)}, ${column}, ${filler}, ${rowKey(table, shape, 'NEW')}
      FROM "missing"
    ON CONFLICT DO NOTHING;`;
}
