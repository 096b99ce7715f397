/** Pure: how `id_conversion.waiting` knows a row; see waiting.ts. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import { quotedTable } from '../names';
import type { Shape } from '../twins';
import { columnOf, type PairedTable, type PairedTwin } from './paired-table';

/** The name of a half in a key. It has a space, so that it is no column's. */
const nameOfHalf = ({ column }: PairedTwin, half: Shape) => `${column} ${half}`;

/** Which half of a twin is in the primary key of a table in this shape. A number of a key is always there. */
const halfInKey = ({ role }: PairedTwin, shape: Shape): Shape => (role === 'key' ? 'numeric' : shape);

/** The key of a row as `jsonb`, in a trigger function. */
export function rowKey({ primaryKey }: PairedTable, shape: Shape, row: 'NEW' | 'OLD'): string {
  const parts = primaryKey.flatMap((part) => {
    if (part.kind === 'column') return [escapeLiteral(part.column), columnOf(row, part.column)];
    const half = halfInKey(part.twin, shape);
    return [escapeLiteral(nameOfHalf(part.twin, half)), columnOf(row, part.twin.names[half])];
  });
  return `jsonb_build_object(${parts.join(', ')})`;
}

/** What the key of a row may have been written as, in this shape or before a switch. */
export const rowKeysOf = (table: PairedTable, row: 'NEW' | 'OLD'): readonly string[] => [
  ...new Set([rowKey(table, 'numeric', row), rowKey(table, 'uuid', row)]),
];

/**
 * `JOIN`s the rows of the table, as `t`, to their keys: to be written behind a FROM that gives `key`. A key that was written before the
 * switch has the other half of a reference.
 */
export function joinRowsByKey({ table, primaryKey }: PairedTable, key: string): string {
  const name = quotedTable(table);
  const given = `${key} ->> `;
  const conditions = primaryKey.map((part) => {
    if (part.kind === 'column') return `${columnOf('t', part.column)} = ${columnOf('given', part.column)}`;
    const { twin } = part;
    const numbers = `${columnOf('t', twin.names.numeric)} = (${given}${escapeLiteral(nameOfHalf(twin, 'numeric'))})::bigint`;
    const uuids = `${columnOf('t', twin.names.uuid)} = (${given}${escapeLiteral(nameOfHalf(twin, 'uuid'))})::uuid`;
    return twin.role === 'key' ? numbers : `(${numbers} OR ${uuids})`;
  });
  // The table's own types, whatever they are: read from JSON by the row type.
  return `CROSS JOIN LATERAL jsonb_populate_record(NULL::${name}, ${key}) AS ${escapeIdentifier('given')}
    JOIN ${name} AS t ON ${conditions.length > 0 ? conditions.join(' AND ') : 'true'}`;
}
