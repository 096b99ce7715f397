/** Keys of rows that a foreign key may refer to. */
import { escapeIdentifier } from 'pg';
import type { Catalog, Constraint } from '../catalog/catalog';
import type { Query } from '../pg/query';
import { quotedName } from '../catalog/quoted-name';

/** Enough to choose from. */
const MOST_TARGETS = 50;

/** As text, in the order of the key's columns and of the rows. */
export async function readTargets(
  query: Query,
  catalog: Catalog,
  { references }: Constraint,
): Promise<(readonly string[])[]> {
  const parent = catalog.tables[references?.table ?? ''];
  if (!parent || !references) return [];
  const columns = references.columns.map((column) => escapeIdentifier(column));
  const found = await query<{ key: string[] }>(
    `SELECT ARRAY[${columns.map((column) => `${column}::text`).join(', ')}] AS key FROM ${quotedName(parent)}
     WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(' AND ')} ORDER BY ctid LIMIT ${MOST_TARGETS}`,
  );
  return found.map(({ key }) => key);
}
