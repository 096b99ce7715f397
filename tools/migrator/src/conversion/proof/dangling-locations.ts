/** Pure: SQL that finds, in the number half of one column, each number that has no pair, and where in the value it is. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Reference } from '../declaration';
import { parseJsonPath } from '../inspect/json-path';
import { idMapOf } from '../names';
import { CONVERSION_FUNCTIONS } from '../pairing/conversion-functions';
import { referenceSql } from '../pairing/reference-sql';

/**
 * A query with the columns `path` (text[]: keys and positions from the value's root; empty where the value is the number) and `number`, in the order in
 * which they stand in the value. Positions count from 1 in arrays and from 0 in documents, as Postgres does.
 * @param row the alias of the row, in the shape numeric
 */
export function danglingIn(reference: Reference, row: string): string {
  const value = `${row}.${escapeIdentifier(reference.column)}`;
  return `SELECT l."path", l."number" FROM (${locations(reference, value, row)}) AS l("path", "number")
    WHERE l."number" IS NOT NULL AND NOT EXISTS (SELECT FROM ${idMapOf(reference.to)} AS m WHERE m."number" = l."number")`;
}

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
