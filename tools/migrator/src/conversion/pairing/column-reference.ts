import type { ColumnReference } from '../declaration';
import { idMapOf } from '../names';
import type { ReferenceSql } from './reference-sql';

/** A plain column with one number. */
export function columnSql({ to }: Pick<ColumnReference, 'to'>): ReferenceSql {
  const map = idMapOf(to);
  return {
    uuids: (value) => `(SELECT "pair"."uuid" FROM ${map} AS "pair" WHERE "pair"."number" = ${value})`,
    numbers: (value) => `(SELECT "pair"."number" FROM ${map} AS "pair" WHERE "pair"."uuid" = ${value})`,
    numbersIn: (value) => `SELECT ${value}::bigint`,
    uuidsIn: (value) => `SELECT ${value}`,
  };
}
