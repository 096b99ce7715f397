/**
 * Pure: SQL expressions from the numbers of a column to its UUIDs and back, by the id maps. What each kind of reference does is in a file
 * of its own; here is what they have in common.
 *
 * Either way the result is null as a whole until every pair that it needs is in the map: half an array would be a lost reference.
 * Whatever is no reference (a text that is no number, a JSON path that is not there, a subject of another type) is copied as it is.
 *
 * The expressions read maps in correlated subqueries, whose aliases are `pair` and `element...`: don't call a row so. Nothing in them
 * depends on `search_path` but the operators, which are those of pg_catalog.
 */
import type { Reference } from '../declaration';
import { arraySql } from './array-reference';
import { columnSql } from './column-reference';
import { jsonSql } from './json-reference';
import { polymorphicSql } from './polymorphic-reference';

export interface ReferenceSql {
  /** The UUID half of the number half `value`; for arrays `uuid[]`, for polymorphic pairs `text`. */
  uuids(value: string): string;
  /** The number half of the UUID half `value`: `bigint`, `bigint[]`, `jsonb`, `text`. Assigned to the column it becomes its type. */
  numbers(value: string): string;
  /** A query with one column, `bigint`: every number that `value` refers to, null where an element is. */
  numbersIn(value: string): string;
  /** The same of a UUID half: `uuid`. */
  uuidsIn(value: string): string;
}

/** @param row the alias of the row that has the column, or `NEW`: of a polymorphic pair the type is read from it */
export function referenceSql(reference: Reference, row: string): ReferenceSql {
  switch (reference.kind) {
    case 'column':
      return columnSql(reference);
    case 'array':
      return arraySql(reference);
    case 'json':
      return jsonSql(reference);
    case 'polymorphic':
      return polymorphicSql(reference, row);
  }
}

type References = readonly [Reference, ...Reference[]];

/** The UUID half of a column with all of these references in it, from its number half `value`. */
export function uuidsOf(references: References, value: string, row: string): string {
  return inTurn(references, value, (reference, one) => referenceSql(reference, row).uuids(one));
}

/** The way back. */
export function numbersOf(references: References, value: string, row: string): string {
  return inTurn(references, value, (reference, one) => referenceSql(reference, row).numbers(one));
}

/**
 * Each reference works on what the one before it made. OFFSET 0 keeps Postgres from writing an expression out again wherever the next one
 * names it, which would double the work with every reference.
 */
function inTurn(
  references: References,
  value: string,
  convert: (reference: Reference, value: string) => string,
): string {
  return references.slice(1).reduce<string>(
    (made, reference, index) => {
      const alias = `"made${index + 1}"`;
      return `(SELECT ${convert(reference, `${alias}."value"`)} FROM (SELECT ${made} AS "value" OFFSET 0) AS ${alias})`;
    },
    convert(references[0], value),
  );
}
