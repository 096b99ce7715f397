/** Fills references that had to wait: to the own table, and those that close a circle. */
import { escapeIdentifier } from 'pg';
import type { Catalog } from '../catalog/catalog';
import type { Query } from '../pg/query';
import { nullableColumns, type DeferredKey } from './fill-order';
import { isRefusal } from './insert-rows';
import { quotedName } from '../catalog/quoted-name';

/**
 * Every row, or every second one, refers to another row than itself where there are two. A check or unique rule that
 * does not allow it leaves the reference null, which it can be.
 */
export async function linkDeferred(
  query: Query,
  catalog: Catalog,
  { table, key }: DeferredKey,
  everyRow: boolean,
): Promise<void> {
  const child = catalog.tables[table];
  const parent = catalog.tables[key.references?.table ?? ''];
  if (!child || !parent || nullableColumns(catalog, table, key).length === 0) return;
  const list = (columns: readonly string[]) => columns.map((column) => escapeIdentifier(column)).join(', ');
  const own = list(key.columns);
  const theirs = list(key.references!.columns);
  const targets = key.references!.columns.map((column) => `p.${escapeIdentifier(column)}`).join(', ');
  try {
    await query(
      `UPDATE ${quotedName(child)} AS c SET (${own}) = ROW (${targets})
       FROM (SELECT ctid AS row, row_number() OVER (ORDER BY ctid) AS number FROM ${quotedName(child)}) AS r,
            (SELECT ${theirs}, row_number() OVER (ORDER BY ctid) AS number, count(*) OVER () AS total
             FROM ${quotedName(parent)}) AS p
       WHERE c.ctid = r.row AND p.number = r.number % p.total + 1
         AND num_nulls(${key.columns.map((column) => `c.${escapeIdentifier(column)}`).join(', ')}) > 0
         ${everyRow ? '' : 'AND r.number % 2 = 1'}`,
    );
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}
