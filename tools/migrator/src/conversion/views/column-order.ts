import type { Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import { twinsByTable, type Shape } from '../twins';
import { viewOf } from './view-names';

/** By table: the columns of its view, in their order. */
export type ColumnOrder = ReadonlyMap<string, readonly string[]>;

/**
 * As the views of this shape have them: what clients write without naming columns goes by it. The tables themselves may have another
 * order by now, because columns that come back become the last ones.
 */
export async function readColumnOrder(
  query: Query,
  conversion: IdConversion,
  half: Shape,
): Promise<ColumnOrder> {
  const order = new Map<string, readonly string[]>();
  for (const table of twinsByTable(conversion).keys()) {
    const columns = await query<{ name: string }>(
      `SELECT attname AS "name" FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 ORDER BY attnum`,
      [viewOf(table, half)],
    );
    order.set(
      table,
      columns.map(({ name }) => name),
    );
  }
  return order;
}
