/** The rows that migrations seeded -> statements that insert them again, and set sequences to where they are. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Catalog, Table } from '../catalog/catalog';
import type { Query } from '../pg/query';
import { fillOrder } from '../scratch/fill-order';
import { quotedName } from '../catalog/quoted-name';
import { type RowsSnapshot, type RowText } from '../scratch/rows-snapshot';

export type Inserts = { readonly statements: readonly string[] } | { readonly obstacle: string };

/**
 * A value that is another one each time is left to its column's default. Where a row is pointed at by it, or there is no
 * default, an id is kept as it was drawn: the same one in every database from then on, which ids can be. A moment cannot.
 * @param varying columns as `table.column`
 */
export function insertStatements(
  catalog: Catalog,
  rows: RowsSnapshot,
  varying: ReadonlySet<string>,
): Inserts {
  const pointedAt = new Set(
    Object.values(catalog.tables).flatMap(({ constraints }) =>
      Object.values(constraints).flatMap(
        ({ references }) => references?.columns.map((column) => `${references.table}.${column}`) ?? [],
      ),
    ),
  );
  const statements: string[] = [];
  for (const name of fillOrder(catalog).tables) {
    const table = catalog.tables[name]!;
    const all = rows[name] ?? [];
    if (all.length === 0) continue;
    const left = new Set<string>();
    for (const column of table.columns.filter((other) => varying.has(`${name}.${other.name}`))) {
      if (column.default !== null && !pointedAt.has(`${name}.${column.name}`)) left.add(column.name);
      else if (column.type !== 'uuid')
        return { obstacle: `${name}.${column.name} gets another value each time, and no default gives it` };
    }
    statements.push(insert(table, all, left));
  }
  return { statements };
}

function insert(table: Table, rows: readonly RowText[], left: ReadonlySet<string>): string {
  const columns = table.columns.filter(({ name, generated }) => generated === null && !left.has(name));
  const names = columns.map(({ name }) => escapeIdentifier(name)).join(', ');
  const numbered = columns.some(({ identity }) => identity === 'always');
  const tuples = rows.map((row) => `(${columns.map(({ name }) => literal(row[name] ?? null)).join(', ')})`);
  return (
    `insert into ${quotedName(table)} (${names})${numbered ? ' overriding system value' : ''} values\n` +
    `  ${tuples.join(',\n  ')}`
  );
}

const literal = (value: string | null) => (value === null ? 'null' : escapeLiteral(value).trim());

/** For every sequence that gave a number: as many statements. */
export async function sequenceStatements(query: Query): Promise<string[]> {
  const rows = await query<{ sequence: string; value: string }>(`
    SELECT format('%I.%I', schemaname, sequencename) AS sequence, last_value::text AS value FROM pg_sequences
    WHERE last_value IS NOT NULL AND schemaname !~ '^pg_' AND schemaname <> 'migrator' ORDER BY 1`);
  return rows.map(({ sequence, value }) => `select setval(${escapeLiteral(sequence)}, ${value})`);
}
