/** Pure: tables that are new, and tables that go. What their keys and indexes need is the business of those. */
import { quotedName } from '../../catalog/quoted-name';
import { alterTable, columnDefinition, quote } from '../sql-text';
import type { SchemaChange } from '../schema-change';
import { at, type Action } from '../steps';

export function createTables({ newTables }: SchemaChange): Action[] {
  return newTables.flatMap(([, table]) =>
    at(
      'create table',
      `create table ${quotedName(table)} ( ${table.columns.map(columnDefinition).join(', ')} )`,
    ),
  );
}

/** A table takes its own indexes and keys with it; foreign keys go first, so that tables can go in any order. */
export function dropTables({ goneTables }: SchemaChange): Action[] {
  return goneTables.flatMap(([, table]) => [
    ...Object.values(table.constraints)
      .filter(({ kind }) => kind === 'foreign key')
      .flatMap(({ name }) => at('drop foreign key', alterTable(table, `drop constraint ${quote(name)}`))),
    ...at('drop table', `drop table ${quotedName(table)}`),
  ]);
}
