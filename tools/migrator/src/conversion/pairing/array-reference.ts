import type { ArrayReference } from '../declaration';
import { idMapOf } from '../names';
import { CONVERSION_FUNCTIONS } from './conversion-functions';
import type { ReferenceSql } from './reference-sql';

/** An array of one dimension: its order, what it has twice and its null elements stay. Another dimension is an error that says so. */
export function arraySql({ to }: Pick<ArrayReference, 'to'>): ReferenceSql {
  const map = idMapOf(to);
  const convert = (value: string, from: 'number' | 'uuid', into: 'number' | 'uuid', type: string) =>
    `CASE WHEN array_ndims(${value}) > 1 THEN ${CONVERSION_FUNCTIONS.refuseDimensions}(${value}::text)::${type}
      WHEN ${value} IS NULL OR cardinality(${value}) = 0 THEN ${value}::text::${type}
      ELSE (SELECT CASE WHEN bool_and("element"."value" IS NULL OR "pair"."${into}" IS NOT NULL)
                        THEN array_agg("pair"."${into}" ORDER BY "element"."position") END
              FROM unnest(${value}) WITH ORDINALITY AS "element"("value", "position")
              LEFT JOIN ${map} AS "pair" ON "pair"."${from}" = "element"."value") END`;
  return {
    uuids: (value) => convert(value, 'number', 'uuid', 'uuid[]'),
    numbers: (value) => convert(value, 'uuid', 'number', 'bigint[]'),
    numbersIn: (value) => `SELECT "element"."value"::bigint FROM unnest(${value}) AS "element"("value")`,
    uuidsIn: (value) => `SELECT "element"."value" FROM unnest(${value}) AS "element"("value")`,
  };
}
