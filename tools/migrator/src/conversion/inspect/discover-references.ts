/** The references that a database itself knows of: its foreign keys. For the generator of declarations. */
import type { Query } from '../../pg/query';
import type { ColumnReference, ConvertedKey } from '../declaration';
import { CONVERSION_SCHEMA } from '../names';
import { nameOf } from './sql/pieces';

interface Link {
  readonly table: string;
  readonly column: string;
  readonly toTable: string;
  readonly toColumn: string;
}

/** Each column of each foreign key, beside the column that it points at; those of partitions are their parent's. */
const LINKS = `
  SELECT ${nameOf('k.conrelid')} AS table, c.attname AS column, ${nameOf('k.confrelid')} AS "toTable", p.attname AS "toColumn"
  FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(child, parent)
  JOIN pg_attribute c ON c.attrelid = k.conrelid AND c.attnum = pair.child
  JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = pair.parent
  WHERE k.contype = 'f' AND k.conparentid = 0
    AND k.connamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname = '${CONVERSION_SCHEMA}')`;

/**
 * Every column that has numbers of the keys because a foreign key says so: directly, or by pointing at another such column, as the
 * parts of a composite key do and a key that is shared (`profiles.user_id`). By table, then column.
 */
export async function discoverReferences(
  query: Query,
  keys: readonly ConvertedKey[],
): Promise<readonly ColumnReference[]> {
  const links = await query<Link>(LINKS);
  const place = (table: string, column: string) => JSON.stringify([table, column]);
  const isKey = new Set(keys.map(({ table, column }) => place(table, column)));
  const found = new Map<string, ColumnReference>();
  const follow = (table: string, column: string, to: string) => {
    for (const link of links) {
      if (link.toTable !== table || link.toColumn !== column) continue;
      const reference: ColumnReference = { kind: 'column', table: link.table, column: link.column, to };
      const known = JSON.stringify([link.table, link.column, to]);
      if (found.has(known)) continue;
      found.set(known, reference);
      // A key of its own has numbers of its own: what points at it is a reference to it.
      if (!isKey.has(place(link.table, link.column))) follow(link.table, link.column, to);
    }
  };
  for (const { table, column } of keys) follow(table, column, table);
  return [...found.values()].sort(
    (a, b) => compare(a.table, b.table) || compare(a.column, b.column) || compare(a.to, b.to),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
