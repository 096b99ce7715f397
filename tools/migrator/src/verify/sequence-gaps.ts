/** Sequences that are behind the rows of their column: the next row that takes its number from one collides. */
import { escapeIdentifier } from 'pg';
import type { Catalog, Column } from '../catalog/catalog';
import type { Query } from '../pg/query';
import { quotedName } from '../catalog/quoted-name';

/** One line for each. */
export async function readSequenceGaps(query: Query, catalog: Catalog): Promise<string[]> {
  const gaps: string[] = [];
  for (const [name, table] of Object.entries(catalog.tables)) {
    for (const { name: column } of table.columns.filter(isNumbered)) {
      const identifier = quotedName(table);
      const [sequence] = await query<{ name: string | null }>(
        'SELECT pg_get_serial_sequence($1, $2) AS name',
        [identifier, column],
      );
      if (!sequence?.name) continue;
      const [row] = await query<{ behind: boolean }>(
        `SELECT coalesce((SELECT max(${escapeIdentifier(column)}) FROM ${identifier}) >= last_value + is_called::int, false) AS behind
         FROM ${sequence.name}`,
      );
      if (row?.behind)
        gaps.push(
          `${name}.${column}: its sequence is behind its rows, so the next row collides; setval is missing`,
        );
    }
  }
  return gaps;
}

/** Whether rows take the value from a sequence. */
export function isNumbered({ identity, default: expression }: Column): boolean {
  return identity !== null || expression?.startsWith('nextval(') === true;
}
