/**
 * Pure: new columns. A constant default is no work for Postgres, whatever the size of the table; a default that is another
 * one for every row is filled in afterwards, so that the table is not rewritten while everybody waits.
 */
import type { Column, Table } from '../../catalog/catalog';
import type { SchemaChange } from '../schema-change';
import { alterColumn, alterTable, columnDefinition, columnOf, quote } from '../sql-text';
import { at, type Action } from '../steps';
import { isSameForAllRows } from '../volatility';
import { fillGiven, fillNulls, refuseNulls, setNotNull } from './set-not-null';

export function addColumns(change: SchemaChange): Action[] {
  return change.tables.flatMap(({ name, from, to, replaced }) =>
    to.columns
      .filter((column) => replaced.has(column.name) || !columnOf(from, column.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((column) => [
        ...(replaced.has(column.name)
          ? at('drop replaced column', alterTable(to, `drop column ${quote(column.name)}`))
          : []),
        ...addColumn(change, name, to, column),
      ]),
  );
}

function addColumn(change: SchemaChange, tableName: string, table: Table, column: Column): Action[] {
  const add = (definition: Column) => alterTable(table, `add column ${columnDefinition(definition)}`);
  if (column.generated !== null) return at('add generated column', add(column));
  const isGiven = change.defaults[`${tableName}.${column.name}`] !== undefined;
  const isFilled = column.identity !== null || (column.default !== null && !isGiven);
  const isQuick = isSameForAllRows(column.default) || column.identity !== null || !change.isInUse(tableName);
  if (isFilled && isQuick) return at('add column', add(column));
  if (!column.notNull && column.default === null && !isGiven) return at('add column', add(column));

  const { name } = column;
  const nullable = add({ ...column, notNull: false, default: null });
  const setDefault =
    column.default === null
      ? []
      : at('add column', alterColumn(table, name, `set default ${column.default}`));
  const added = [...at('add column', nullable), ...setDefault];
  if (!isFilled) {
    const fill = column.notNull ? setNotNull : fillGiven;
    return [...added, ...fill(change, tableName, table, name)];
  }
  return [
    ...added,
    ...at('gradual: backfill', fillNulls(table, name, 'default')),
    ...(column.notNull ? refuseNulls(change, tableName, table, name) : []),
  ];
}

/**
 * What goes without a successor. Generated columns go first of all: they hold nothing, and keep those that they are computed
 * from as they are.
 */
export function dropColumns({ tables }: SchemaChange): Action[] {
  return tables.flatMap(({ from, to, dropped }) =>
    from.columns
      .filter(({ name }) => dropped.has(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ name, generated }) =>
        at(
          generated === null ? 'drop column' : 'drop replaced column',
          alterTable(to, `drop column ${quote(name)}`),
        ),
      ),
  );
}
