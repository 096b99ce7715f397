/** Pure: the parts of what `pg_get_constraintdef` and `pg_get_indexdef` print. */
import type { Constraint, ObjectName } from '../catalog/catalog';
import { sqlPieces } from '../pg/sql-pieces';
import { quotedName } from '../catalog/quoted-name';
import { quote } from './sql-text';

/** ` ON DELETE CASCADE` of a foreign key, ` DEFERRABLE` or ` INCLUDE (a)` of a key: what follows the lists of columns. */
export function afterColumns({ kind, definition }: Constraint): string {
  return afterLists(definition, kind === 'foreign key' ? 2 : 1);
}

export function columnList(columns: readonly string[]): string {
  return `(${columns.map(quote).join(', ')})`;
}

export function foreignKeyDefinition(
  columns: readonly string[],
  table: ObjectName,
  references: readonly string[],
  rest: string,
): string {
  return `FOREIGN KEY ${columnList(columns)} REFERENCES ${quotedName(table)}${columnList(references)}${rest}`;
}

/** `btree (name) WHERE (seats > 10)`: what an index is, without its name and table. */
export function indexBody(definition: string): string {
  let position = 0;
  for (const { kind, text } of sqlPieces(definition)) {
    const found = kind === 'plain' ? text.indexOf(' USING ') : -1;
    if (found >= 0) return definition.slice(position + found + ' USING '.length);
    position += text.length;
  }
  return definition;
}

/** An index that exists under another name or on another table, or is built while its table is in use. */
export function createIndex(
  { unique, body }: { readonly unique: boolean; readonly body: string },
  table: ObjectName,
  name: string,
  { concurrently = false } = {},
): string {
  const create = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX${concurrently ? ' CONCURRENTLY' : ''}`;
  return `${create} ${quote(name)} ON ${quotedName(table)} USING ${body}`;
}

/** The text after the `count`th bracketed list. */
function afterLists(definition: string, count: number): string {
  let position = 0;
  let depth = 0;
  let lists = 0;
  for (const { kind, text } of sqlPieces(definition)) {
    for (const character of kind === 'plain' ? text : '') {
      position += 1;
      if (character === '(') depth += 1;
      if (character !== ')') continue;
      depth -= 1;
      if (depth === 0 && ++lists === count) return definition.slice(position);
    }
    if (kind !== 'plain') position += text.length;
  }
  return '';
}
