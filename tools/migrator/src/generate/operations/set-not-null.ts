/**
 * Pure: NOT NULL for a column of a table that has rows. Postgres believes a validated check instead of reading the table
 * under its strongest lock. https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
 */
import type { Table } from '../../catalog/catalog';
import type { SchemaChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { alterColumn, alterTable, nameWithSuffix, quote } from '../sql-text';
import { at, type Action } from '../steps';

/** Not `_not_null`: Postgres 18 gives names that end so, and a renamed column keeps the one that this column would have. */
const CHECK = '__has_value';

/** With what the rows without a value get first: the expression that was given for it, or a place to fill in. */
export function setNotNull(change: SchemaChange, tableName: string, table: Table, column: string): Action[] {
  const value = change.defaults[`${tableName}.${column}`];
  const filled: Action[] =
    value === undefined
      ? [
          {
            stage: backfillStage(change, tableName),
            step: { kind: 'backfill', table: tableName, column, example: fillNulls(table, column, '...') },
          },
        ]
      : fillGiven(change, tableName, table, column);
  return [...filled, ...refuseNulls(change, tableName, table, column)];
}

/** What was said that the rows without a value get; nothing where nothing was. */
export function fillGiven(change: SchemaChange, tableName: string, table: Table, column: string): Action[] {
  const value = change.defaults[`${tableName}.${column}`];
  if (value === undefined) return [];
  return at(backfillStage(change, tableName), fillNulls(table, column, value));
}

const backfillStage = (change: SchemaChange, tableName: string) =>
  change.isInUse(tableName) ? 'gradual: backfill' : 'backfill';

/** Where the rows have their values. */
export function refuseNulls(change: SchemaChange, tableName: string, table: Table, column: string): Action[] {
  if (!change.isInUse(tableName)) return at('set not null', alterColumn(table, column, 'set not null'));
  const check = quote(nameWithSuffix(`${table.name}_${column}`, CHECK));
  return at(
    'gradual: set not null',
    alterTable(
      table,
      `drop constraint if exists ${check}, add constraint ${check} check (${quote(column)} is not null) not valid`,
    ),
    alterTable(table, `validate constraint ${check}`),
    alterColumn(table, column, 'set not null'),
    alterTable(table, `drop constraint ${check}`),
  );
}

export function fillNulls(table: Table, column: string, value: string): string {
  return `update ${quotedName(table)} set ${quote(column)} = ${value} where ${quote(column)} is null`;
}
