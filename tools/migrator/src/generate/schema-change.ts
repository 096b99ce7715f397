/**
 * Pure: what every operation has to know of the whole change, found once: which tables stay, what becomes of each of their
 * columns, which enums are made anew, and what may be done while others use a table.
 */
import type { Catalog, Column, Table } from '../catalog/catalog';
import { parseSqlType } from '../scratch/sql-type';
import { labelsAreUsedAtOnce, keepsLabels } from './enum-labels';
import { columnsIn, unquoted } from './expression-names';
import { columnOf } from './sql-text';
import { typeChange, type TypeChange } from './type-change';

/**
 * `online`: tables that are there stay in use, so what reads or builds on them comes after the transaction, as steps that
 * can be run again. `one transaction`: everything at once, whole or not at all, and tables wait. `repeatable`: as online, but
 * without a transaction at all, so that every statement must bear being run again.
 */
export type Mode = 'online' | 'one transaction' | 'repeatable';

/** A table that is there before and after. */
export interface TableChange {
  readonly name: string;
  readonly from: Table;
  readonly to: Table;
  /** Gone without a successor. */
  readonly dropped: ReadonlySet<string>;
  /** Dropped and made again: generated columns, and what was allowed to go because it has no way to its new type. */
  readonly replaced: ReadonlySet<string>;
  readonly retyped: ReadonlyMap<string, Retyped>;
}

export interface Retyped extends TypeChange {
  readonly from: Column;
  readonly to: Column;
  /** Whether the values become others, not only longer or shorter ones. */
  readonly changesBase: boolean;
}

/** A column whose values the change cannot keep. */
export interface Unkept {
  readonly table: string;
  readonly from: Column;
  readonly to: Column;
}

export interface SchemaChange {
  readonly from: Catalog;
  readonly to: Catalog;
  readonly mode: Mode;
  readonly newTables: readonly (readonly [string, Table])[];
  readonly goneTables: readonly (readonly [string, Table])[];
  readonly tables: readonly TableChange[];
  /** Enums whose labels change in a way that only a new type can follow. */
  readonly rebuiltEnums: ReadonlySet<string>;
  readonly unkept: readonly Unkept[];
  /** `table.column` -> the expression that rows without a value get. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Whether the table has rows and users that must not wait. */
  isInUse(table: string): boolean;
  tableChange(table: string): TableChange | undefined;
}

export interface ChangeOptions {
  readonly mode: Mode;
  readonly defaults: Readonly<Record<string, string>>;
}

/** @param from under the names of `to` */
export function schemaChange(from: Catalog, to: Catalog, { mode, defaults }: ChangeOptions): SchemaChange {
  const rebuiltEnums = new Set(
    Object.entries(from.enums).flatMap(([name, { labels }]) => {
      const wanted = to.enums[name]?.labels;
      if (!wanted || JSON.stringify(wanted) === JSON.stringify(labels)) return [];
      return keepsLabels(labels, wanted) && !labelsAreUsedAtOnce(name, from, to, mode) ? [] : [name];
    }),
  );
  const changed = Object.entries(from.tables).flatMap(([name, table]) => {
    const other = to.tables[name];
    return other ? [tableChange(name, table, other, rebuiltEnums, mode)] : [];
  });
  const byName = new Map(changed.map(({ change }) => [change.name, change]));
  return {
    from,
    to,
    mode,
    rebuiltEnums,
    defaults,
    newTables: Object.entries(to.tables).filter(([name]) => !from.tables[name]),
    goneTables: Object.entries(from.tables).filter(([name]) => !to.tables[name]),
    tables: [...byName.values()],
    unkept: changed.flatMap(({ unkept }) => unkept),
    isInUse: (table) => mode !== 'one transaction' && byName.has(table),
    tableChange: (table) => byName.get(table),
  };
}

function tableChange(
  name: string,
  from: Table,
  to: Table,
  rebuiltEnums: ReadonlySet<string>,
  mode: Mode,
): { change: TableChange; unkept: Unkept[] } {
  const dropped = new Set(from.columns.flatMap((column) => (columnOf(to, column.name) ? [] : [column.name])));
  const replaced = new Set<string>();
  const retyped = new Map<string, Retyped>();
  const unkept: Unkept[] = [];
  const pairs = from.columns.flatMap((column) => {
    const other = columnOf(to, column.name);
    return other ? [{ from: column, to: other }] : [];
  });
  for (const pair of pairs) {
    const isSame =
      pair.from.type === pair.to.type &&
      pair.from.collation === pair.to.collation &&
      !rebuiltEnums.has(pair.to.enum ?? '');
    if (pair.from.generated !== null && pair.to.generated !== null) {
      if (!isSame || unquoted(pair.from.generated) !== unquoted(pair.to.generated))
        replaced.add(pair.to.name);
      continue;
    }
    // On the way back, what was computed meanwhile is not what the column had before, and need not become it.
    if (!isSame && pair.from.generated !== null && mode !== 'online') {
      replaced.add(pair.to.name);
      continue;
    }
    const change = isSame ? undefined : typeChange(pair.from, pair.to);
    if (pair.to.generated !== null || (!isSame && !change)) {
      replaced.add(pair.to.name);
      unkept.push({ table: name, ...pair });
    } else if (change) {
      const base = ({ type }: Column) => parseSqlType(type).name;
      const changesBase = base(pair.from) !== base(pair.to) || rebuiltEnums.has(pair.to.enum ?? '');
      retyped.set(pair.to.name, { ...pair, ...change, changesBase });
    }
  }
  // Postgres changes no type that a generated column is computed from.
  for (const pair of pairs) {
    const sources = pair.from.generated === null ? [] : [...columnsIn(pair.from.generated)];
    const isTouched = sources.some(
      (source) => retyped.has(source) || replaced.has(source) || dropped.has(source),
    );
    if (isTouched && pair.to.generated !== null) replaced.add(pair.to.name);
  }
  return { change: { name, from, to, dropped, replaced, retyped }, unkept };
}

/** Whether any of the columns goes, is made again, or becomes another type. */
export function touches({ dropped, replaced, retyped }: TableChange, columns: readonly string[]): boolean {
  return columns.some((column) => dropped.has(column) || replaced.has(column) || retyped.has(column));
}

/** Whether what depends on the columns goes with one of them, whatever is done. */
export function loses({ dropped, replaced }: TableChange, columns: readonly string[]): boolean {
  return columns.some((column) => dropped.has(column) || replaced.has(column));
}
