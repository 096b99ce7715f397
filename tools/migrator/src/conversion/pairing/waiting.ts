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
import { rowKey } from './row-key';

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

/** A statement of a trigger function: the row NEW waits for what this half of `twin` refers to and is in no map. */
export function waitFor(
  conversion: IdConversion,
  table: PairedTable,
  twin: PairedReference,
  given: Shape,
  shape: Shape,
): string {
  const value = columnOf('NEW', twin.names[given]);
  const missing = twin.references.map((reference) => {
    const sql = referenceSql(reference, 'NEW');
    const [column, query] =
      given === 'numeric' ? ['number', sql.numbersIn(value)] : ['uuid', sql.uuidsIn(value)];
    return `SELECT ${escapeLiteral(reference.to)}, "wanted"."id" FROM (${query}) AS "wanted"("id")
      WHERE "wanted"."id" IS NOT NULL
        AND NOT EXISTS (SELECT FROM ${idMapOf(reference.to)} AS "pair" WHERE "pair"."${column}" = "wanted"."id")`;
  });
  return `INSERT INTO ${WAITING_TABLE} ("map", "${given === 'numeric' ? 'number' : 'uuid'}", "table_name", "column_name", "filled_by", "row_key")
    SELECT "all"."map", "all"."id", ${escapeLiteral(table.table)}, ${escapeLiteral(twin.column)},
           ${escapeLiteral(fillerName(conversion, table.table))}, ${rowKey(table, shape, 'NEW')}
      FROM (${missing.join(' UNION ')}) AS "all"("map", "id")
    ON CONFLICT DO NOTHING;`;
}
