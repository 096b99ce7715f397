import { escapeIdentifier } from 'pg';
import { twinNames, type Shape, type Twin } from '../twins';
import { columnSql } from './column-reference';
import { numbersOf, uuidsOf } from './reference-sql';

export interface FillExpressionOptions {
  /** Which half is there; the other is what the expression gives. */
  readonly source: Shape;
  /** What the columns are called now. */
  readonly shape: Shape;
  /** The alias of the row: `t`. */
  readonly row: string;
}

/**
 * Half of a twin from its other half: what a fill writes, and what a proof compares. Null while a pair is missing. The numbers of
 * columns and arrays come as `bigint`; assigned to a column they become its type.
 */
export function fillExpression(twin: Twin, { source, shape, row }: FillExpressionOptions): string {
  const value = `${row}.${escapeIdentifier(twinNames(twin, shape)[source])}`;
  if (twin.role === 'key') {
    const sql = columnSql({ to: twin.table });
    return source === 'numeric' ? sql.uuids(value) : sql.numbers(value);
  }
  return source === 'numeric' ? uuidsOf(twin.references, value, row) : numbersOf(twin.references, value, row);
}
