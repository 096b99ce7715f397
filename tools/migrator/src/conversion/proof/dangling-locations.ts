/** Pure: SQL that finds, in the number half of one column, each number that has no pair, and where in the value it is. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Reference } from '../declaration';
import { parseJsonPath } from '../inspect/json-path';
import { idMapOf } from '../names';
import { CONVERSION_FUNCTIONS } from '../pairing/conversion-functions';
import { WAITING_TABLE } from '../pairing/pairing-names';
import { referenceSql } from '../pairing/reference-sql';

/**
 * A query with the columns `path` (text[]: keys and positions from the value's root; empty where the value is the number) and `number`, in the order in
 * which they stand in the value. Positions count from 1 in arrays and from 0 in documents, as Postgres does.
 * @param row the alias of the row, in the shape numeric
 * @param asOf when the id maps were known to be whole, as Postgres prints it: a number that a client has written since may have its pair
 *   still on the way, and is no one's business yet. Left out: every number without a pair
 */
export function danglingIn(reference: Reference, row: string, asOf?: string): string {
  return `SELECT l."path", l."number" FROM (${numbersIn(reference, row)}) AS l("path", "number") WHERE ${isDangling(reference, 'l', asOf)}`;
}

/**
 * The same of all rows of `from`, whose alias is `t`: with the columns of `t`, and `d` for path and number. One join with the map, instead
 * of a look into it for each row.
 */
export function allDanglingIn(reference: Reference, from: string, asOf?: string): string {
  return `${from} AS t CROSS JOIN LATERAL (${numbersIn(reference, 't')}) AS d("path", "number") WHERE ${isDangling(reference, 'd', asOf)}`;
}

function isDangling({ to }: Reference, alias: string, asOf: string | undefined): string {
  const number = `${alias}."number"`;
  const hasNoPair = `${number} IS NOT NULL AND NOT EXISTS (SELECT FROM ${idMapOf(to)} AS m WHERE m."number" = ${number})`;
  if (asOf === undefined) return hasNoPair;
  return `${hasNoPair} AND NOT EXISTS (SELECT FROM ${WAITING_TABLE} AS w
    WHERE w."map" = ${escapeLiteral(to)} AND w."number" = ${number} AND w."since" >= ${escapeLiteral(asOf)}::timestamptz)`;
}

const numbersIn = (reference: Reference, row: string) =>
  locations(reference, `${row}.${escapeIdentifier(reference.column)}`, row);

function locations(reference: Reference, value: string, row: string): string {
  switch (reference.kind) {
    case 'column':
    case 'polymorphic':
      return `SELECT '{}'::text[], n."number" FROM (${referenceSql(reference, row).numbersIn(value)}) AS n("number")`;
    case 'array':
      return `SELECT ARRAY[e."position"::text], e."value"::bigint FROM unnest(${value}) WITH ORDINALITY AS e("value", "position")`;
    case 'json':
      return locationsInDocument(value, reference.path);
  }
}

function locationsInDocument(document: string, declared: string): string {
  let value = document;
  const path: string[] = [];
  const elements: string[] = [];
  for (const step of parseJsonPath(declared)) {
    if (step.kind === 'key') {
      value = `(${value} -> ${escapeLiteral(step.key)})`;
      path.push(escapeLiteral(step.key));
      continue;
    }
    const element = `e${elements.length + 1}`;
    elements.push(
      `LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(${value}) = 'array' THEN ${value} ELSE '[]' END)
        WITH ORDINALITY AS ${element}("value", "position")`,
    );
    value = `${element}."value"`;
    path.push(`(${element}."position" - 1)::text`);
  }
  const from = elements.length === 0 ? '' : ` FROM ${elements.join(' CROSS JOIN ')}`;
  return `SELECT ARRAY[${path.join(', ')}]::text[], ${CONVERSION_FUNCTIONS.numberInJson}(${value})${from}`;
}
