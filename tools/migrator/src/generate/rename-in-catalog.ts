/**
 * Pure: a catalog as it is once tables and columns have other names, as Postgres itself carries such a change through keys,
 * indexes, expressions and references. What a renamed expression prints is right but for its quotes.
 */
import {
  qualifiedName,
  type Catalog,
  type Constraint,
  type Index,
  type ObjectName,
  type Sequence,
  type Table,
} from '../catalog/catalog';
import type { Decisions } from './decisions';
import { afterColumns, createIndex, foreignKeyDefinition, indexBody } from './definitions';
import { renameIn } from './expression-names';

/** @param to where tables that get a new name are looked up */
export function renameInCatalog(
  catalog: Catalog,
  to: Catalog,
  { renames, tableRenames }: Pick<Decisions, 'renames' | 'tableRenames'>,
): Catalog {
  if (renames.length === 0 && tableRenames.length === 0) return catalog;
  const partsOf: PartsOf = (name) => to.tables[name] ?? catalog.tables[name] ?? splitName(name);
  const newTable = (name: string) => tableRenames.find((rename) => rename.from === name)?.to ?? name;
  const newColumn = (table: string, name: string) =>
    renames.find((rename) => rename.table === table && rename.from === name)?.to ?? name;
  const tables = Object.entries(catalog.tables).map(([name, table]) =>
    renameInTable(name, table, partsOf, newTable, newColumn),
  );
  const renameOwner = (sequence: Sequence): Sequence => {
    const { ownedBy } = sequence;
    if (!ownedBy) return sequence;
    const table = newTable(ownedBy.table);
    // A table that moves to another schema takes its sequences along.
    const { schema } = table === ownedBy.table ? sequence : partsOf(table);
    return { ...sequence, schema, ownedBy: { table, column: newColumn(ownedBy.table, ownedBy.column) } };
  };
  const sequences = Object.values(catalog.sequences).map(renameOwner);
  return {
    ...catalog,
    tables: Object.fromEntries(tables.map((table) => [qualifiedName(table), table])),
    sequences: Object.fromEntries(sequences.map((sequence) => [qualifiedName(sequence), sequence])),
    views: mapEntries(catalog.views, (_, view) => ({
      ...view,
      reads: Object.fromEntries(
        Object.entries(view.reads).map(([table, columns]) => [
          newTable(table),
          columns.map((column) => newColumn(table, column)),
        ]),
      ),
    })),
  };
}

type PartsOf = (name: string) => ObjectName;
type NewTable = (name: string) => string;
type NewColumn = (table: string, name: string) => string;

function renameInTable(
  name: string,
  table: Table,
  partsOf: PartsOf,
  newTable: NewTable,
  newColumn: NewColumn,
): Table {
  const { schema, name: tableName } = newTable(name) === name ? table : partsOf(newTable(name));
  const objectName: ObjectName = { schema, name: tableName };
  const columns = new Map(table.columns.map((column) => [column.name, newColumn(name, column.name)]));
  const changed = new Map([...columns].filter(([from, to]) => from !== to));
  const own = (column: string) => columns.get(column) ?? column;

  const renameConstraint = (constraint: Constraint): Constraint => {
    const renamed = { ...constraint, columns: constraint.columns.map(own) };
    if (!constraint.references) {
      return { ...renamed, definition: renameIn(constraint.definition, { columns: changed }) };
    }
    const target = constraint.references.table;
    const references = {
      table: newTable(target),
      columns: constraint.references.columns.map((column) => newColumn(target, column)),
    };
    const same =
      JSON.stringify([renamed.columns, references]) ===
      JSON.stringify([constraint.columns, constraint.references]);
    const definition = same
      ? constraint.definition
      : foreignKeyDefinition(
          renamed.columns,
          partsOf(references.table),
          references.columns,
          afterColumns(constraint),
        );
    return { ...renamed, references, definition };
  };

  const renameIndex = (index: Index): Index => {
    const body = renameIn(indexBody(index.definition), { columns: changed });
    const same = changed.size === 0 && newTable(name) === name;
    return {
      ...index,
      definition: same
        ? index.definition
        : createIndex({ unique: index.unique, body }, objectName, index.name),
      columns: index.columns.map((column) => column && own(column)),
      dependsOn: index.dependsOn.map(own).sort(),
    };
  };

  return {
    ...table,
    ...objectName,
    columns: table.columns.map((column) => ({
      ...column,
      name: own(column.name),
      generated: column.generated && renameIn(column.generated, { columns: changed }),
    })),
    constraints: mapEntries(table.constraints, (_, constraint) => renameConstraint(constraint)),
    indexes: mapEntries(table.indexes, (_, index) => renameIndex(index)),
  };
}

function splitName(qualified: string): ObjectName {
  const point = qualified.indexOf('.');
  return point < 0
    ? { schema: 'public', name: qualified }
    : { schema: qualified.slice(0, point), name: qualified.slice(point + 1) };
}

export function mapEntries<T>(
  record: Readonly<Record<string, T>>,
  change: (name: string, value: T) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(name, value)]));
}
