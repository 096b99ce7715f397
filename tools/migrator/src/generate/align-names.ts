/**
 * Pure: what is the same in both catalogs but for its name is renamed, never dropped and made again. Naming strategies call
 * keys, indexes, enums and sequences after their table and columns, so one rename brings others with it.
 */
import {
  qualifiedName,
  type Catalog,
  type Constraint,
  type Index,
  type Sequence,
  type Table,
} from '../catalog/catalog';
import { afterColumns, indexBody } from './definitions';
import { renameIn, unquoted } from './expression-names';
import { mapEntries } from './rename-in-catalog';
import { alterTable, columnOf, nameOf, quote } from './sql-text';
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

/** Two enums are one when a column that had the first has the second, and each is only in its own catalog. */
function alignEnums(from: Catalog, to: Catalog): Aligned {
  const newNames = new Map<string, string>();
  const spelled = new Map<string, string>();
  for (const [name, table] of Object.entries(from.tables)) {
    for (const column of table.columns) {
      const other = columnOf(to.tables[name], column.name);
      if (!column.enum || !other?.enum || newNames.has(column.enum)) continue;
      if (to.enums[column.enum] || from.enums[other.enum] || [...newNames.values()].includes(other.enum))
        continue;
      newNames.set(column.enum, other.enum);
      spelled.set(column.enum, other.type.replace(/\[\]$/, ''));
    }
  }
  if (newNames.size === 0) return { from, actions: [] };
  const rename = (expression: string) => renameIn(expression, { types: spelled });
  const enums = Object.entries(from.enums).map(([name, type]) => {
    const { schema, name: newName } = to.enums[newNames.get(name) ?? name] ?? type;
    return { ...type, schema, name: newName };
  });
  const tables = mapEntries(from.tables, (_, table) => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      enum: column.enum && (newNames.get(column.enum) ?? column.enum),
      type:
        column.enum && spelled.has(column.enum)
          ? `${spelled.get(column.enum)}${column.type.endsWith('[]') ? '[]' : ''}`
          : column.type,
      default: column.default && rename(column.default),
      generated: column.generated && rename(column.generated),
    })),
    constraints: mapEntries(table.constraints, (_, constraint) => ({
      ...constraint,
      definition: rename(constraint.definition),
    })),
    indexes: mapEntries(table.indexes, (_, index) => ({ ...index, definition: rename(index.definition) })),
  }));
  const actions = [...newNames].flatMap(([name, newName]) =>
    moves('type', from.enums[name]!, to.enums[newName]!),
  );
  return {
    from: {
      ...from,
      tables,
      enums: Object.fromEntries(enums.map((type) => [qualifiedName(type), type])),
    },
    actions,
  };
}

/** Two sequences are one when the same column owns them. */
function alignSequences(from: Catalog, to: Catalog): Aligned {
  const pairs = Object.entries(from.sequences).flatMap(([name, sequence]) => {
    if (to.sequences[name] || !sequence.ownedBy) return [];
    const other = Object.entries(to.sequences).find(
      ([otherName, { ownedBy }]) =>
        !from.sequences[otherName] && JSON.stringify(ownedBy) === JSON.stringify(sequence.ownedBy),
    );
    return other ? [{ name, sequence, other: other[1] }] : [];
  });
  const sequences = Object.entries(from.sequences).map(([name, sequence]) => {
    const other = pairs.find((pair) => pair.name === name)?.other;
    return other ? { ...sequence, schema: other.schema, name: other.name } : sequence;
  });
  // A default that takes the next number of the same sequence is the same, however that is called.
  const own = (table: string, column: string, ofSequences: readonly Sequence[]) => {
    const found = ofSequences.find(({ ownedBy }) => ownedBy?.table === table && ownedBy.column === column);
    return found && qualifiedName(found);
  };
  const tables = mapEntries(from.tables, (name, table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const other = columnOf(to.tables[name], column.name);
      const sequence = own(name, column.name, sequences);
      const isSame =
        sequence !== undefined && sequence === own(name, column.name, Object.values(to.sequences));
      return isSame && other && takesNext(column.default) && takesNext(other.default)
        ? { ...column, default: other.default }
        : column;
    }),
  }));
  return {
    from: {
      ...from,
      tables,
      sequences: Object.fromEntries(sequences.map((sequence) => [qualifiedName(sequence), sequence])),
    },
    actions: pairs.flatMap(({ sequence, other }) => moves('sequence', sequence, other)),
  };
}

const takesNext = (expression: string | null) => /^nextval\('[^]*'::regclass\)$/.test(expression ?? '');

/** To another name and, where it has to be, another schema. */
function moves(
  kind: 'type' | 'sequence',
  from: { schema: string; name: string },
  to: { schema: string; name: string },
): Action[] {
  const moved =
    from.schema === to.schema ? [] : [`alter ${kind} ${nameOf(from)} set schema ${quote(to.schema)}`];
  const here = { schema: to.schema, name: from.name };
  return at(
    'rename',
    ...moved,
    ...(from.name === to.name ? [] : [`alter ${kind} ${nameOf(here)} rename to ${quote(to.name)}`]),
  );
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
      const index = nameOf({ schema: table.schema, name: oldName });
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
