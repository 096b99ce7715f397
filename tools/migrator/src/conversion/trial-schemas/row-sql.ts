/** Pure: the values of an expected row as SQL, in the ids of whoever writes it. */
import { escapeIdentifier as quoted, escapeLiteral } from 'pg';
import type { Shape } from '../twins';
import type { ExpectedRow, Ref, Value } from './expected-rows';
import type { JsonForm, ReferenceColumn, TableModel } from './trial-model';

/** How a writer names a row of a table, as an SQL expression for its id. */
export interface Ids {
  readonly shape: Shape;
  of(table: string, label: string): string;
}

export interface Assignment {
  readonly column: string;
  readonly sql: string;
}

/** Without the key, unless it is one that is not converted. */
export function assignmentsOf(table: TableModel, row: ExpectedRow, ids: Ids): readonly Assignment[] {
  return [
    { column: 'label', sql: escapeLiteral(row.label) },
    ...(table.hasTenant ? [{ column: 'tenant', sql: String(row.tenant) }] : []),
    ...(row.keptId === null ? [] : [{ column: 'id', sql: escapeLiteral(row.keptId) }]),
    ...table.columns.flatMap((column) => assignmentsOfColumn(column, row.values[column.column]!, ids)),
  ];
}

export function assignmentsOfColumn(column: ReferenceColumn, value: Value, ids: Ids): readonly Assignment[] {
  const list = (to: string, refs: readonly Ref[]) => refs.map((ref) => idOf(to, ref, ids));
  if (column.kind === 'column' && value.kind === 'column') {
    return [{ column: column.column, sql: idOf(column.to, value.ref, ids) }];
  }
  if (column.kind === 'array' && value.kind === 'array') {
    const type = ids.shape === 'numeric' ? 'bigint[]' : 'uuid[]';
    const sql = value.refs === null ? 'NULL' : `ARRAY[${list(column.to, value.refs).join(', ')}]::${type}`;
    return [{ column: column.column, sql }];
  }
  if (column.kind === 'json' && value.kind === 'json') {
    if (value.refs === null) return [{ column: column.column, sql: 'NULL' }];
    const parts = column.paths.map(({ path, to }) => partOf(path, list(to, value.refs?.[path] ?? [])));
    return [{ column: column.column, sql: `jsonb_build_object('n', 7, ${parts.join(', ')})` }];
  }
  if (column.kind === 'polymorphic' && value.kind === 'polymorphic') {
    const { type, id } = value;
    const isRow = type !== null && column.targets.includes(type);
    const sql = id === null ? 'NULL' : isRow ? `(${ids.of(type, id)})::text` : escapeLiteral(id);
    return [
      { column: column.typeColumn, sql: type === null ? 'NULL' : escapeLiteral(type) },
      { column: column.column, sql },
    ];
  }
  throw new Error(`${column.column} is of kind ${column.kind}, and its value of kind ${value.kind}`);
}

const idOf = (to: string, ref: Ref, ids: Ids) => (ref === null ? 'NULL' : ids.of(to, ref));

function partOf(path: JsonForm, elements: readonly string[]): string {
  switch (path) {
    case 'coach.id':
      return `'coach', jsonb_build_object('id', ${elements[0] ?? 'NULL'})`;
    case 'ids[*]':
      return `'ids', jsonb_build_array(${elements.join(', ')})`;
    case 'lines[*].player.id': {
      const lines = elements.map((id) => `jsonb_build_object('player', jsonb_build_object('id', ${id}))`);
      return `'lines', jsonb_build_array(${lines.join(', ')})`;
    }
  }
}

export function insertSql(relation: string, assignments: readonly Assignment[], overriding = false): string {
  const columns = assignments.map(({ column }) => quoted(column)).join(', ');
  const values = assignments.map(({ sql }) => sql).join(', ');
  return `INSERT INTO ${relation} (${columns})${overriding ? ' OVERRIDING SYSTEM VALUE' : ''} VALUES (${values})`;
}
