/** What the rows of A must be in B: every value of a column that both have, or what its cast makes of it. */
import type { Catalog, Column } from '../../catalog/catalog';
import type { Query } from '../../pg/query';
import { sqlstateOf } from '../../pg/sqlstate';
import {
  compareRows,
  describeLoss,
  readRows,
  type RowText,
  type RowsSnapshot,
} from '../../scratch/rows-snapshot';

/** `table.column` before -> after. */
export type SameColumns = ReadonlyMap<string, string>;

export interface Expected {
  /** Under the names after the change. */
  readonly rows: RowsSnapshot;
  /** Columns that must not have a null afterwards: what was null has some value then. */
  readonly filled: ReadonlySet<string>;
}

/**
 * Columns that are computed are left out: what they hold is for Postgres to keep right.
 * @returns null when a value has no cast to the type that its column gets, so that the change has to fail
 */
export async function expectedRows(
  query: Query,
  from: Catalog,
  to: Catalog,
  same: SameColumns,
): Promise<Expected | null> {
  const pairs = [...same].flatMap(([before, after]) => {
    const [old, now] = [columnOf(from, before), columnOf(to, after)];
    return old && now && now.generated === null ? [{ before, after, old, now }] : [];
  });
  const as = new Map(
    pairs.filter(({ old, now }) => old.type !== now.type).map(({ before, now }) => [before, castType(now)]),
  );
  const read = await tryToRead(query, from, as);
  if (!read) return null;
  return {
    rows: plainNumbers(renamed(read, new Map(pairs.map(({ before, after }) => [before, after]))), to),
    filled: new Set(pairs.filter(({ old, now }) => !old.notNull && now.notNull).map(({ after }) => after)),
  };
}

/** Back in A every value is the one that it was, also where B kept it as another type. */
export function expectedOnReturn(
  before: RowsSnapshot,
  from: Catalog,
  to: Catalog,
  same: SameColumns,
): Expected {
  const kept = [...same].filter(
    ([old, now]) => columnOf(from, old)?.generated === null && columnOf(to, now)?.generated === null,
  );
  return {
    rows: renamed(plainNumbers(before, from), new Map(kept.map(([old]) => [old, old]))),
    filled: new Set(
      kept
        .filter(([old, now]) => !columnOf(from, old)!.notNull && columnOf(to, now)!.notNull)
        .map(([old]) => old),
    ),
  };
}

/** Losses in words; nothing when everything is there. */
export function lossesOf({ rows, filled }: Expected, after: RowsSnapshot): string[] {
  const columns = Object.entries(rows).flatMap(([table, [first]]) =>
    Object.keys(first ?? {}).map((column) => `${table}.${column}`),
  );
  const whole = compareRows(rows, after, new Set(columns.filter((column) => !filled.has(column))));
  const values = [...filled].flatMap((id) => compareRows(withValue(rows, id), after, new Set([id])));
  const counts = Object.entries(rows).flatMap(([table, { length }]) => {
    const now = after[table]?.length ?? 0;
    return now === length ? [] : [`${table}: ${length} rows before, ${now} after`];
  });
  return [...[...whole, ...values].map(describeLoss), ...counts];
}

export function columnOf(catalog: Catalog, id: string): Column | undefined {
  const dot = id.lastIndexOf('.');
  return catalog.tables[id.slice(0, dot)]?.columns.find(({ name }) => name === id.slice(dot + 1));
}

/** The new enum is not there yet; its labels read the same as text. */
function castType({ type, enum: enumName }: Column): string {
  if (enumName === null) return type;
  return type.endsWith('[]') ? 'text[]' : 'text';
}

async function tryToRead(
  query: Query,
  catalog: Catalog,
  as: ReadonlyMap<string, string>,
): Promise<RowsSnapshot | null> {
  try {
    return await readRows(query, catalog, { as });
  } catch (error) {
    if (sqlstateOf(error) === undefined) throw error;
    return null;
  }
}

/** Without zeros at the end, where a number has as many digits as it was written with: `1.50` is the number 1.5. */
export function plainNumbers(rows: RowsSnapshot, catalog: Catalog): RowsSnapshot {
  return Object.fromEntries(
    Object.entries(rows).map(([table, before]) => {
      const numbers = new Set(
        (catalog.tables[table]?.columns ?? [])
          .filter(({ type }) => type === 'numeric' || type === 'numeric[]')
          .map(({ name }) => name),
      );
      const plain = ([column, value]: [string, string | null]) => [
        column,
        numbers.has(column)
          ? (value?.replace(/(\.\d*?)0+\b/g, '$1').replace(/\.(?!\d)/g, '') ?? null)
          : value,
      ];
      return [table, before.map((row) => Object.fromEntries(Object.entries(row).map(plain)))];
    }),
  );
}

/** Only the columns that the names know, under their new ones. */
function renamed(rows: RowsSnapshot, names: SameColumns): RowsSnapshot {
  const result: Record<string, RowText[]> = {};
  for (const [table, before] of Object.entries(rows)) {
    const columns = Object.keys(before[0] ?? {}).flatMap((column) => {
      const after = names.get(`${table}.${column}`);
      return after === undefined ? [] : [[column, after] as const];
    });
    const [first] = columns;
    if (!first) continue;
    const newTable = first[1].slice(0, first[1].lastIndexOf('.'));
    result[newTable] = before.map((row) =>
      Object.fromEntries(
        columns.map(([column, after]) => [after.slice(newTable.length + 1), row[column] ?? null]),
      ),
    );
  }
  return result;
}

/** Only the rows that have a value there. */
function withValue(rows: RowsSnapshot, id: string): RowsSnapshot {
  const dot = id.lastIndexOf('.');
  const [table, column] = [id.slice(0, dot), id.slice(dot + 1)];
  return { [table]: (rows[table] ?? []).filter((row) => (row[column] ?? null) !== null) };
}
