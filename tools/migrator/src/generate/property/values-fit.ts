/** Whether a change of types has any reason to be refused: values that are not the same when they are cast there and back. */
import type { Catalog, Column } from '../../catalog/catalog';
import type { Query } from '../../pg/query';
import { sqlstateOf } from '../../pg/sqlstate';
import { compareRows, readRows, type RowsSnapshot } from '../../scratch/rows-snapshot';
import { familyOf, parseSqlType } from '../../scratch/sql-type';
import { columnOf, type SameColumns } from './expected-rows';

/** @param before the rows as they are, in the schema `from` */
export async function valuesFit(
  query: Query,
  before: RowsSnapshot,
  from: Catalog,
  to: Catalog,
  same: SameColumns,
): Promise<boolean> {
  const thereAndBack = new Map<string, string>();
  for (const [old, now] of same) {
    const [is, becomes] = [columnOf(from, old), columnOf(to, now)];
    if (!is || !becomes) continue;
    if (!labelsFit(before, from, to, old, is, becomes)) return false;
    // A text says all that a value is; whatever else it becomes has to lead back to it.
    const isText = familyOf(parseSqlType(becomes.type)) === 'text';
    if (is.type === becomes.type || becomes.enum !== null) continue;
    if (isText) thereAndBack.set(old, becomes.type);
    else if (is.enum === null) thereAndBack.set(old, `${becomes.type}::${is.type}`);
  }
  try {
    return compareRows(before, await readRows(query, from, { as: thereAndBack })).length === 0;
  } catch (error) {
    if (sqlstateOf(error) === undefined) throw error;
    return false;
  }
}

/** Every value of a column that is about to be an enum is one of its labels. */
function labelsFit(
  before: RowsSnapshot,
  from: Catalog,
  to: Catalog,
  id: string,
  is: Column,
  becomes: Column,
): boolean {
  if (becomes.enum === null) return true;
  const labels = to.enums[becomes.enum]?.labels ?? [];
  const own = is.enum === null ? [] : (from.enums[is.enum]?.labels ?? []);
  // Elements of an array are not looked at: with a label gone it may have a reason.
  if (is.type.endsWith('[]')) return own.length > 0 && own.every((label) => labels.includes(label));
  const dot = id.lastIndexOf('.');
  const values = (before[id.slice(0, dot)] ?? []).map((row) => row[id.slice(dot + 1)] ?? null);
  return values.every((value) => value === null || labels.includes(value));
}
