/**
 * Pure: the statements that fill the twins of one table, all of its twins at once.
 *
 * A batch reads no row twice and takes no lock twice: under READ COMMITTED a row that somebody else changed meanwhile is read
 * again, condition and new values included, so what is written always fits the number that is there.
 * https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED
 */
import { escapeIdentifier } from 'pg';
import { stripeCondition } from './stripes';

/** One column that is filled, and from what. */
export interface Filling {
  /** Names of columns, not quoted. */
  readonly source: string;
  readonly target: string;
  /** The target's type, without a length: a value that is too long is an error, not cut. */
  readonly targetType: string;
  /** The value, of the row `t`; null while a pair is missing. */
  readonly expression: string;
}

export interface FillStatements {
  /** A batch, and how far it is: $1 task, $2 position, $3 pass, $4 at, $5 taken by, $6 next at, $7 next pass, $8 is done, $9 and $10 tids, $11 last pass. */
  readonly batch: string;
  /**
   * The same parameters; leaves out what somebody else has locked, be it for a foreign key only: where the target has a unique index, our
   * own lock would wait for that.
   */
  readonly batchAround: string;
  /** $1 tid, $2 limit: places from there on of rows that could be filled and are not. */
  readonly find: string;
  /** $1 tids, $2 task: fills them, those left out that somebody else has locked. */
  readonly fillFound: string;
  /** One row: how many rows could be filled and are not, and for each filling how many have no pair. */
  readonly check: string;
}

export const ROW = 't';

/** @param table quoted */
export function fillStatements(table: string, fillings: readonly Filling[]): FillStatements {
  const set = fillings.map((filling) => assignment(filling, fillings.length > 1)).join(', ');
  const empty = `(${fillings.map(isEmpty).join(' OR ')})`;
  const fillable = `(${fillings.map((filling) => `(${isEmpty(filling)} AND ${filling.expression} IS NOT NULL)`).join(' OR ')})`;
  const update = `UPDATE ${table} AS ${ROW} SET ${set}`;
  const place = `${ROW}.ctid >= $9::tid AND ${ROW}.ctid < $10::tid AND ${stripeCondition(ROW, '$3::integer', '$11::integer')}`;
  const ofMine = `EXISTS (SELECT FROM "mine")`;
  return {
    batch: inRange(`${update} WHERE ${place} AND ${empty} AND ${ofMine} RETURNING 1`),
    batchAround: inRange(
      `${update} WHERE ${ROW}.ctid = ANY (ARRAY(
         SELECT ${ROW}.ctid FROM ${table} AS ${ROW} WHERE ${place} AND ${empty} AND ${ofMine} FOR UPDATE SKIP LOCKED
       )) AND ${empty} RETURNING 1`,
    ),
    find: `SELECT ${ROW}.ctid::text AS "place" FROM ${table} AS ${ROW} WHERE ${ROW}.ctid >= $1::tid AND ${fillable} LIMIT $2`,
    fillFound: `WITH "changed" AS (
        ${update} WHERE ${ROW}.ctid = ANY (ARRAY(
          SELECT ${ROW}.ctid FROM ${table} AS ${ROW} WHERE ${ROW}.ctid = ANY ($1::tid[]) AND ${fillable} FOR UPDATE SKIP LOCKED
        )) AND ${empty} RETURNING 1
      )
      UPDATE "id_conversion"."ranges" AS r SET "done_rows" = r."done_rows" + (SELECT count(*) FROM "changed")
       WHERE r."task_id" = $2::bigint AND r."position" = 1
      RETURNING (SELECT count(*) FROM "changed")::integer AS "rows"`,
    check: `SELECT count(*) FILTER (WHERE ${fillable}) AS "fillable", ARRAY[${fillings
      .map((filling) => `count(*) FILTER (WHERE ${isEmpty(filling)} AND ${filling.expression} IS NULL)`)
      .join(', ')}] AS "without_pair" FROM ${table} AS ${ROW} WHERE ${empty}`,
  };
}

/** The range's row is locked first: whoever has lost it (its session was thought dead) changes nothing. */
const inRange = (update: string) => `WITH "mine" AS MATERIALIZED (
    SELECT "task_id", "position" FROM "id_conversion"."ranges"
     WHERE "task_id" = $1::bigint AND "position" = $2::integer AND "pass" = $3::integer AND "at" = $4::bigint AND "taken_by" = $5::text
       AND NOT "is_done" FOR UPDATE
  ), "changed" AS (
    ${update}
  )
  UPDATE "id_conversion"."ranges" AS r
     SET "at" = $6::bigint, "pass" = $7::integer, "is_done" = $8::boolean,
         "done_rows" = r."done_rows" + (SELECT count(*) FROM "changed")
    FROM "mine" WHERE r."task_id" = "mine"."task_id" AND r."position" = "mine"."position"
  RETURNING (SELECT count(*) FROM "changed")::integer AS "rows"`;

const column = (name: string) => `${ROW}.${escapeIdentifier(name)}`;

const isEmpty = ({ source, target }: Filling) =>
  `(${column(target)} IS NULL AND ${column(source)} IS NOT NULL)`;

/** Where several are filled at once, one that is filled already stays as it is. */
function assignment({ target, targetType, expression }: Filling, isOneOfSeveral: boolean): string {
  const value = `(${expression})::${targetType}`;
  return `${escapeIdentifier(target)} = ${isOneOfSeveral ? `coalesce(${column(target)}, ${value})` : value}`;
}
