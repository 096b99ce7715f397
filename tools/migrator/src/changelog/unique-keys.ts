/** Pure: what is unique in a table. */
import type { Table } from '../catalog/catalog';

/** Columns of each primary key, unique constraint and plain unique index; those with a predicate or an expression are none. */
export function uniqueKeys({ constraints, indexes }: Table): (readonly string[])[] {
  return [
    ...Object.values(constraints)
      .filter(({ kind }) => kind === 'primary key' || kind === 'unique')
      .map(({ columns }) => columns),
    ...Object.values(indexes)
      .filter(({ unique, hasExpression, valid }) => unique && valid && !hasExpression)
      .map(({ columns }) => columns.filter((column) => column !== null)),
  ];
}

/** Whether no two rows agree in all of these columns. */
export function isUnique(table: Table, columns: readonly string[]): boolean {
  return uniqueKeys(table).some((key) => key.every((column) => columns.includes(column)));
}
