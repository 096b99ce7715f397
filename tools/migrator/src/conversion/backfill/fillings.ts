/** Twins -> what is filled from what, with the types that the table has now. */
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import { quotedTable } from '../names';
import { fillExpression } from '../pairing/fill-expression';
import { twinNames, type Shape, type Twin } from '../twins';
import { ROW, type Filling } from './fill-statements';

export interface FillingsOf {
  readonly service: string;
  readonly table: string;
  /** Of that table. */
  readonly twins: readonly Twin[];
  readonly source: Shape;
  /** What the columns are called now. */
  readonly shape: Shape;
}

/** @throws MigratorError FILL_FAILED when a twin has no column */
export async function readFillings(
  query: Query,
  { service, table, twins, source, shape }: FillingsOf,
): Promise<Filling[]> {
  const columns = await query<{ name: string; type: string }>(
    `SELECT attname AS "name", format_type(atttypid, NULL) AS "type"
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [quotedTable(table)],
  );
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return twins.map((twin) => {
    const names = twinNames(twin, shape);
    const target = names[source === 'numeric' ? 'uuid' : 'numeric'];
    const targetType = types.get(target);
    if (targetType === undefined) {
      throw new MigratorError(
        'FILL_FAILED',
        `${service}: ${table} has no column ${target} that could be filled. The first phase (AddUuidColumns), or the contract's way back, ` +
          'adds it: run that first.',
      );
    }
    return {
      source: names[source],
      target,
      targetType,
      expression: fillExpression(twin, { source, shape, row: ROW }),
    };
  });
}
