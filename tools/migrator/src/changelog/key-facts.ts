/** Pure: what a key, check or index that came or went means to those who write the table. */
import type { Catalog, Table } from '../catalog/catalog';
import type { Change } from '../catalog/compare-catalogs';
import { breaking, harmless, type Fact } from './fact';
import { code, codes } from './markdown';
import { isUnique, uniqueKeys } from './unique-keys';

/** The catalogs that were compared: before, in the names of after, and after. */
export interface Compared {
  readonly before: Catalog;
  readonly after: Catalog;
}

type KeyChange<Kind> = Extract<Change, { kind: Kind }>;

/** A rule on columns that came with it refuses nobody's writes; one on columns that were there may. */
export function constraintAddedFact(
  { table, name, definition }: KeyChange<'constraint-added' | 'constraint-removed'>,
  { before, after }: Compared,
): Fact {
  const { kind, columns } = after.tables[table]!.constraints[name]!;
  const text = `${code(table)}: ${kind} ${code(name)} added: ${code(definition)}`;
  const old = before.tables[table]!;
  const isKnown = (kind === 'unique' || kind === 'primary key') && isUnique(old, columns);
  return isKnown || areNew(columns, old) ? harmless(text) : breaking(text);
}

export function indexAddedFact(
  { table, name, definition }: KeyChange<'index-added' | 'index-removed'>,
  { before, after }: Compared,
): Fact {
  const { unique, columns, dependsOn } = after.tables[table]!.indexes[name]!;
  if (!unique) {
    const over = columns.every((column) => column !== null) ? codes(columns) : code(definition);
    return harmless(`${code(table)}: index ${code(name)} added: ${over}`);
  }
  const text = `${code(table)}: unique index ${code(name)} added: ${code(definition)}`;
  const old = before.tables[table]!;
  const isKnown = columns.every((column) => column !== null) && isUnique(old, columns);
  return isKnown || areNew(dependsOn, old) ? harmless(text) : breaking(text);
}

/** None when it went with a column; breaking when ON CONFLICT may have named it. */
export function constraintRemovedFact(
  { table, name, definition }: KeyChange<'constraint-added' | 'constraint-removed'>,
  { before, after }: Compared,
): Fact[] {
  const { kind, columns } = before.tables[table]!.constraints[name]!;
  const now = after.tables[table]!;
  if (!hasAll(now, columns)) return [];
  const breaks = (kind === 'unique' || kind === 'primary key') && !hasSameKey(now, columns);
  return [{ breaking: breaks, text: `${code(table)}: ${kind} ${code(name)} removed: ${code(definition)}` }];
}

export function indexRemovedFact(
  { table, name, definition }: KeyChange<'index-added' | 'index-removed'>,
  { before, after }: Compared,
): Fact[] {
  const { unique, columns, dependsOn } = before.tables[table]!.indexes[name]!;
  const now = after.tables[table]!;
  if (!hasAll(now, dependsOn)) return [];
  const kind = unique ? 'unique index' : 'index';
  return [
    {
      breaking: unique && !hasSameKey(now, columns),
      text: `${code(table)}: ${kind} ${code(name)} removed: ${code(definition)}`,
    },
  ];
}

function hasAll(table: Table, columns: readonly string[]): boolean {
  return columns.every((name) => table.columns.some((column) => column.name === name));
}

function areNew(columns: readonly string[], old: Table): boolean {
  return columns.length > 0 && columns.every((name) => !old.columns.some((column) => column.name === name));
}

/** ON CONFLICT wants exactly these columns to be unique, in any order. */
function hasSameKey(table: Table, columns: readonly (string | null)[]): boolean {
  const wanted = [...columns].sort().join();
  return uniqueKeys(table).some((key) => [...key].sort().join() === wanted);
}
