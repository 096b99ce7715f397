/** Pure: columns that stay, one aspect after the other: what they are computed from, type, default, nullability. */
import type { Column } from '../../catalog/catalog';
import { addGenerator, dropGenerator, takesNext } from './change-generator';
import { guardChange } from './guard-change';
import type { SchemaChange, TableChange } from '../schema-change';
import { alterColumn, alterTable, columnOf, quote } from '../sql-text';
import { at, type Action } from '../steps';
import { setNotNull } from './set-not-null';

export function alterColumns(change: SchemaChange): Action[] {
  return change.tables.flatMap((table) => {
    const pairs = table.from.columns.flatMap((from) => {
      const to = columnOf(table.to, from.name);
      return to && !table.replaced.has(from.name) ? [{ from, to }] : [];
    });
    return [
      ...pairs.flatMap(({ from, to }) => dropExpression(table, from, to)),
      ...pairs.flatMap(({ from, to }) => dropDefault(table, from, to)),
      ...pairs.flatMap(({ from, to }) => dropGenerator(change, table, from, to)),
      ...changeTypes(table),
      ...pairs.flatMap(({ from, to }) => addGenerator(change, table, from, to)),
      ...pairs.flatMap(({ from, to }) => setDefault(table, from, to)),
      ...pairs.flatMap(({ from, to }) => changeNullability(change, table, from, to)),
    ];
  });
}

/** The computed values stay, as values. */
function dropExpression({ to: table }: TableChange, from: Column, to: Column): Action[] {
  if (from.generated === null || to.generated !== null) return [];
  return at('drop replaced column', alterColumn(table, to.name, 'drop expression'));
}

/** A default does not follow a change of type, so it goes before and comes after. */
function dropDefault({ to: table, retyped }: TableChange, from: Column, to: Column): Action[] {
  if (from.default === null) return [];
  const goes =
    to.default === null || retyped.has(to.name) || (takesNext(from.default) && from.default !== to.default);
  return goes ? at('alter column', alterColumn(table, to.name, 'drop default')) : [];
}

function setDefault({ to: table, retyped }: TableChange, from: Column, to: Column): Action[] {
  const isThere = from.default === to.default && !retyped.has(to.name);
  if (to.default === null || isThere) return [];
  return at('alter column', alterColumn(table, to.name, `set default ${to.default}`));
}

/** One statement for all columns of a table: where it has to be rewritten, then once. */
function changeTypes(table: TableChange): Action[] {
  const changes = [...table.retyped.values()].map(({ from, to, using }) =>
    [
      `alter column ${quote(to.name)} set data type ${to.type}`,
      // Left out, it would become the type's own again.
      to.collation === null ? '' : ` collate ${to.collation}`,
      using === null ? '' : ` using ${using(quote(from.name))}`,
    ].join(''),
  );
  if (changes.length === 0) return [];
  return [...guardChange(table), ...at('alter column', alterTable(table.to, changes.join(', ')))];
}

function changeNullability(
  change: SchemaChange,
  { name, to: table }: TableChange,
  from: Column,
  to: Column,
): Action[] {
  if (from.notNull === to.notNull) return [];
  if (!to.notNull) return at('alter column', alterColumn(table, to.name, 'drop not null'));
  // An identity column cannot wait: it has to be NOT NULL before it becomes one.
  return to.identity === null ? setNotNull(change, name, table, to.name) : [];
}
