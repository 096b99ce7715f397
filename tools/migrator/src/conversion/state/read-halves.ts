import type { Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import { twinNames, twinsOf, type Shape } from '../twins';

/** `table.column` of one half of a twin -> the other half's column. */
export type Halves = ReadonlyMap<string, string>;

/** Those of all conversions of a database, as its shape names them; empty where no conversion has begun. */
export async function readHalves(query: Query): Promise<Halves> {
  const [state] = await query<{ exists: boolean }>(
    `SELECT to_regclass('"id_conversion"."conversions"') IS NOT NULL AS "exists"`,
  );
  if (!state!.exists) return new Map();
  const begun = await query<{ declaration: IdConversion; shape: Shape }>(
    `SELECT "declaration", "shape" FROM "id_conversion"."conversions"`,
  );
  return new Map(
    begun.flatMap(({ declaration, shape }) =>
      twinsOf(declaration).flatMap((twin): [string, string][] => {
        const { numeric, uuid } = twinNames(twin, shape);
        return [
          [`${twin.table}.${numeric}`, uuid],
          [`${twin.table}.${uuid}`, numeric],
        ];
      }),
    ),
  );
}
