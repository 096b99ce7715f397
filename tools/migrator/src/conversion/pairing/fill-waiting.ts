/**
 * The other half of rows that waited for pairs: `id_conversion.fill_waiting(map, numbers)`, and one function for each table with twins
 * that it calls. Nothing here waits for a client's lock, so that it cannot be part of a deadlock: a row that is locked is left
 * for the next call. So is a row whose transaction had not ended when its pair came. Hence somebody calls it again now and then with
 * NULL for `numbers`, which means everything that can be filled.
 *
 * A call tries so many rows and no more: first those that were never tried, then those that were left longest ago. So rows that
 * cannot be filled, however many these are, keep no other waiting for good.
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { CONVERSION_SCHEMA, quotedTable } from '../names';
import type { Shape } from '../twins';
import { columnOf, pairedTables, type PairedReference, type PairedTable } from './paired-table';
import { FILL_WAITING, fillerFunction, fillerName, FILLING_SETTING, WAITING_TABLE } from './pairing-names';
import { plpgsqlFunction } from './plpgsql-function';
import { numbersOf, uuidsOf } from './reference-sql';
import { joinRowsByKey } from './row-key';

/** Rows that one call tries to fill at most: their locks are what clients could wait for. */
const ROWS_PER_CALL = 1_000;

/** Replaces them for the shape; takes no lock. */
export function fillWaiting(
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): readonly string[] {
  return [
    ...plpgsqlFunction({
      name: FILL_WAITING,
      parameters: '"map" text, "numbers" bigint[]',
      returns: 'bigint',
      body: DISPATCHER,
      isDefiner: true,
      isPublic: true,
    }),
    ...pairedTables(conversion, facts, shape)
      .filter(({ references }) => references.length > 0)
      .flatMap((table) =>
        plpgsqlFunction({
          name: fillerFunction(conversion, table.table),
          parameters: 'row_keys jsonb[]',
          returns: 'bigint',
          body: fillerBody(table, fillerName(conversion, table.table)),
        }),
      ),
  ];
}

/** The functions of these tables, and what still waits for them. The one that calls them may have others to call. */
export function dropFillWaiting(conversion: IdConversion, tables: readonly string[]): readonly string[] {
  return tables.flatMap((table) => [
    `DELETE FROM ${WAITING_TABLE} WHERE "filled_by" = ${escapeLiteral(fillerName(conversion, table))}`,
    `DROP FUNCTION IF EXISTS ${fillerFunction(conversion, table)}(jsonb[])`,
  ]);
}

const IDS = `${escapeIdentifier(CONVERSION_SCHEMA)}.%1$I`;

/** Of the rows that wait for this pair what tells them apart, and whose turn it is. */
const WAITS = `"row"."filled_by", "row"."column_name", "row"."row_key", "row"."tried_at"`;

/** A column of a row is ready when all that it waits for in this map is there. Rows without a key are told apart by the search only. */
const READY = `
  SELECT "ready"."filled_by", array_agg(DISTINCT "ready"."row_key") AS "row_keys" FROM (
    SELECT "known"."filled_by", "known"."row_key" FROM (
      SELECT ${WAITS} FROM ${WAITING_TABLE} AS "row"
        JOIN ${IDS} AS "pair" ON "pair"."number" = "row"."number"
       WHERE "row"."map" = $1 AND ($2 IS NULL OR "pair"."number" = ANY ($2))
      UNION
      SELECT ${WAITS} FROM ${WAITING_TABLE} AS "row"
        JOIN ${IDS} AS "pair" ON "pair"."uuid" = "row"."uuid"
       WHERE "row"."map" = $1 AND ($2 IS NULL OR "pair"."number" = ANY ($2))) AS "known"
    WHERE NOT EXISTS (
      SELECT FROM ${WAITING_TABLE} AS "other"
       WHERE "other"."filled_by" = "known"."filled_by" AND "other"."row_key" = "known"."row_key"
         AND "other"."column_name" = "known"."column_name" AND "other"."map" = $1 AND "other"."row_key" <> '{}'
         AND NOT EXISTS (SELECT FROM ${IDS} AS "pair" WHERE "pair"."number" = "other"."number")
         AND NOT EXISTS (SELECT FROM ${IDS} AS "pair" WHERE "pair"."uuid" = "other"."uuid"))
    ORDER BY "known"."tried_at" NULLS FIRST LIMIT ${ROWS_PER_CALL}) AS "ready"
  GROUP BY "ready"."filled_by"`;

const DISPATCHER = `
DECLARE
  map_table text;
  ready record;
  part bigint;
  filled bigint := 0;
BEGIN
  IF NOT EXISTS (SELECT FROM ${WAITING_TABLE} AS "row" WHERE "row"."map" = $1) THEN RETURN 0; END IF;
  SELECT "known"."table_name" INTO map_table FROM "id_conversion"."id_maps" AS "known" WHERE "known"."map" = $1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no id map % in this database', $1
      USING ERRCODE = 'undefined_object', HINT = 'The id maps that are here are listed in id_conversion.id_maps.';
  END IF;
  FOR ready IN EXECUTE format(${escapeLiteral(READY)}, map_table) USING $1, $2 LOOP
    EXECUTE format('SELECT "id_conversion".%I($1)', ready."filled_by") INTO part USING ready."row_keys";
    filled := filled + part;
  END LOOP;
  RETURN filled;
END`;

const lacksHalf = (row: string, { names }: PairedReference) =>
  `(${columnOf(row, names.numeric)} IS NULL) <> (${columnOf(row, names.uuid)} IS NULL)`;

function fillerBody(table: PairedTable, filler: string): string {
  const { references } = table;
  const name = quotedTable(table.table);
  const lacksAny = references.map((twin) => `(${lacksHalf('t', twin)})`).join(' OR ');
  const halves = references.flatMap((twin) => [
    { column: twin.names.numeric, value: otherHalf(twin, 'numeric') },
    { column: twin.names.uuid, value: otherHalf(twin, 'uuid') },
  ]);
  const isDone = references.map(
    (twin) => `WHEN ${escapeLiteral(twin.column)} THEN NOT EXISTS (
        SELECT FROM (SELECT) AS "one" ${joinRowsByKey(table, '"row"."row_key"')} WHERE ${lacksHalf('t', twin)})`,
  );
  // A row of a partitioned table has its place in a partition; others have rows at the same place.
  const fill = (places: string) => `
    UPDATE ${name} AS t
       SET ${halves.map(({ column }) => `${escapeIdentifier(column)} = ${columnOf('"made"', column)}`).join(', ')}
      FROM (SELECT t.tableoid AS "part", t.ctid AS "place", ${halves.map(({ column, value }) => `${value} AS ${escapeIdentifier(column)}`).join(', ')}
              FROM ${name} AS t WHERE ${places} OFFSET 0) AS "made"
     WHERE t.ctid = "made"."place" AND t.tableoid = "made"."part"
       AND (${halves.map(({ column }) => `(${columnOf('t', column)} IS NULL AND ${columnOf('"made"', column)} IS NOT NULL)`).join(' OR ')});`;
  return `
DECLARE
  held_parts oid[];
  held tid[];
  one record;
  done tid[];
  in_vain tid[];
  tried timestamptz;
  part bigint;
  filled bigint := 0;
  filling_before text := current_setting('${FILLING_SETTING}', true);
BEGIN
  SELECT array_agg("free"."part"), array_agg("free"."place") INTO held_parts, held
    FROM (SELECT t.tableoid AS "part", t.ctid AS "place" FROM unnest(row_keys) AS "wanted"("key") ${joinRowsByKey(table, '"wanted"."key"')}
           WHERE ${lacksAny} FOR UPDATE OF t SKIP LOCKED) AS "free";
  PERFORM set_config('${FILLING_SETTING}', 'on', true);
  BEGIN
    ${fill('t.ctid = ANY (held) AND (t.tableoid, t.ctid) IN (SELECT * FROM unnest(held_parts, held))')}
    GET DIAGNOSTICS filled = ROW_COUNT;
  EXCEPTION WHEN unique_violation OR exclusion_violation THEN
    -- An old and a new client have written what only one of them may, and nobody could tell before the pair came. These rows stay as they
    -- are, and whoever proves the column names them; the others are filled.
    FOR one IN SELECT * FROM unnest(held_parts, held) AS "each"("part", "place") LOOP
      BEGIN
        ${fill('t.ctid = one."place" AND t.tableoid = one."part"')}
        GET DIAGNOSTICS part = ROW_COUNT;
        filled := filled + part;
      EXCEPTION WHEN unique_violation OR exclusion_violation THEN NULL;
      END;
    END LOOP;
  END;
  PERFORM set_config('${FILLING_SETTING}', coalesce(filling_before, ''), true);
  -- Done with are rows that are filled, and those that are gone; not those that were locked. An entry that somebody else has is left to him.
  SELECT array_agg("entry"."place") FILTER (WHERE "entry"."is_done"), array_agg("entry"."place") FILTER (WHERE NOT "entry"."is_done")
    INTO done, in_vain
    FROM (SELECT "row".ctid AS "place", CASE "row"."column_name" ${isDone.join(' ')} ELSE true END AS "is_done"
            FROM ${WAITING_TABLE} AS "row"
           WHERE "row"."filled_by" = ${escapeLiteral(filler)} AND "row"."row_key" = ANY (row_keys)
             FOR UPDATE OF "row" SKIP LOCKED) AS "entry";
  DELETE FROM ${WAITING_TABLE} AS "row" WHERE "row".ctid = ANY (done);
  IF in_vain IS NOT NULL THEN
    tried := clock_timestamp(); -- one for all: a row can wait for several pairs
    UPDATE ${WAITING_TABLE} AS "row" SET "tried_at" = tried WHERE "row".ctid = ANY (in_vain);
  END IF;
  RETURN filled;
END`;
}

function otherHalf(twin: PairedReference, half: Shape): string {
  const own = columnOf('t', twin.names[half]);
  const given = columnOf('t', twin.names[half === 'numeric' ? 'uuid' : 'numeric']);
  const made =
    half === 'uuid' ? uuidsOf(twin.references, given, 't') : numbersOf(twin.references, given, 't');
  // Of arrays, which CASE does not bring to one type.
  const cast =
    half === 'numeric' && twin.references[0].kind === 'array' ? `::${twin.numeric?.type ?? 'bigint[]'}` : '';
  return `CASE WHEN ${own} IS NULL THEN (${made})${cast} ELSE ${own} END`;
}

/** What the pairing of a key does when its pair is new: local columns without a foreign key may wait for it. */
export function fillWhatWaitsFor(map: string, number: string, uuid: string): string {
  return `IF EXISTS (SELECT FROM ${WAITING_TABLE} AS "row" WHERE "row"."map" = ${escapeLiteral(map)} AND "row"."number" = ${number})
      OR EXISTS (SELECT FROM ${WAITING_TABLE} AS "row" WHERE "row"."map" = ${escapeLiteral(map)} AND "row"."number" IS NULL AND "row"."uuid" = ${uuid}) THEN
    PERFORM ${FILL_WAITING}(${escapeLiteral(map)}, ARRAY[${number}]::bigint[]);
  END IF;`;
}
