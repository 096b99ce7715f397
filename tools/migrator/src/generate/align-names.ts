/**
 * Pure: what is the same in both catalogs but for its name is renamed, never dropped and made again. Naming strategies call
 * keys, indexes, enums and sequences after their table and columns, so one rename brings others with it.
 */
import type { Catalog, Constraint, Index, Table } from '../catalog/catalog';
import { alignEnums } from './align-enums';
import { alignSequences } from './align-sequences';
import { afterColumns, indexBody } from './definitions';
import { unquoted } from './expression-names';
import { mapEntries } from './rename-in-catalog';
import { quotedName } from '../catalog/quoted-name';
import { alterTable, quote } from './sql-text';
import { at, type Action } from './steps';

export interface Aligned {
  /** The first catalog under the names of the second. */
  readonly from: Catalog;
  readonly actions: readonly Action[];
}

export function alignNames(from: Catalog, to: Catalog): Aligned {
  const enums = alignEnums(from, to);
  const sequences = alignSequences(enums.from, to);
  const rest = alignTables(sequences.from, to);
  return { from: rest.from, actions: [...enums.actions, ...sequences.actions, ...rest.actions] };
}

/** Constraints and indexes, table by table. */
function alignTables(from: Catalog, to: Catalog): Aligned {
  const actions: Action[] = [];
  const taken = new Map<string, Set<string>>();
  for (const { schema, name, indexes, constraints } of Object.values(from.tables)) {
    const names = taken.get(schema) ?? new Set();
    for (const other of [name, ...Object.keys(indexes), ...Object.keys(constraints)]) names.add(other);
    taken.set(schema, names);
  }
  const isFree = (table: Table, name: string) => !taken.get(table.schema)?.has(name);
  const tables = mapEntries(from.tables, (name, table) => {
    const other = to.tables[name];
    if (!other) return table;
    const constraints = renamesBetween(table.constraints, other.constraints, constraintShape);
    const indexes = renamesBetween(table.indexes, other.indexes, indexShape);
    for (const renames of [constraints, indexes]) {
      for (const [oldName, newName] of renames) if (!isFree(table, newName)) renames.delete(oldName);
    }
    for (const [oldName, newName] of constraints) {
      const change = `rename constraint ${quote(oldName)} to ${quote(newName)}`;
      actions.push(...at('rename', alterTable(table, change)));
    }
    for (const [oldName, newName] of indexes) {
      const index = quotedName({ schema: table.schema, name: oldName });
      actions.push(...at('rename', `alter index ${index} rename to ${quote(newName)}`));
    }
    return {
      ...table,
      constraints: underNewNames(table.constraints, other.constraints, constraints, constraintShape),
      indexes: underNewNames(table.indexes, other.indexes, indexes, indexShape),
    };
  });
  return { from: { ...from, tables }, actions };
}

type Shape<T> = (thing: T) => string;

/** A foreign key is what it joins, not how that is printed. */
const constraintShape: Shape<Constraint> = (constraint) => {
  const { kind, definition, columns, references } = constraint;
  return JSON.stringify(
    references ? [kind, columns, references, afterColumns(constraint)] : [kind, unquoted(definition)],
  );
};
const indexShape: Shape<Index> = ({ unique, definition }) =>
  JSON.stringify([unique, unquoted(indexBody(definition))]);

/** Old name -> new name. */
function renamesBetween<T>(
  from: Readonly<Record<string, T>>,
  to: Readonly<Record<string, T>>,
  shapeOf: Shape<T>,
): Map<string, string> {
  const renames = new Map<string, string>();
  for (const [name, thing] of Object.entries(from)) {
    if (name in to) continue;
    const newName = Object.entries(to).find(
      ([other, otherThing]) =>
        !(other in from) && ![...renames.values()].includes(other) && shapeOf(otherThing) === shapeOf(thing),
    )?.[0];
    if (newName !== undefined) renames.set(name, newName);
  }
  return renames;
}

/** What is the same in both takes the second's print, so that quotes make no difference. */
function underNewNames<T extends { readonly name: string; readonly definition: string }>(
  from: Readonly<Record<string, T>>,
  to: Readonly<Record<string, T>>,
  renames: ReadonlyMap<string, string>,
  shapeOf: Shape<T>,
): Record<string, T> {
  return Object.fromEntries(
    Object.values(from).map((thing) => {
      const name = renames.get(thing.name) ?? thing.name;
      const other = to[name];
      const definition = other && shapeOf(other) === shapeOf(thing) ? other.definition : thing.definition;
      return [name, { ...thing, name, definition }];
    }),
  );
}
