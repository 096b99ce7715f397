/**
 * Every value of a database as text, and what of it a change lost. Owns no rows and writes none.
 * A value is lost when it is no longer in its column; rows and values that came in addition are no loss.
 */
import { escapeIdentifier } from 'pg';
import type { Catalog, Table } from '../catalog/catalog';
import { quotedName } from '../catalog/quoted-name';
import type { Query } from '../pg/query';

/** Column -> value as Postgres prints it. */
export type RowText = Readonly<Record<string, string | null>>;

/** Rows by the table's `qualifiedName`. */
export type RowsSnapshot = Readonly<Record<string, readonly RowText[]>>;

export interface ReadRowsOptions {
  /** `table.column` -> the type that its values are read as, to know what a change of type must make of them. */
  readonly as?: ReadonlyMap<string, string>;
}

export interface Loss {
  readonly table: string;
  /** Null when every value is still in its column, but no longer beside the values that it stood beside. */
  readonly column: string | null;
  /** How many rows lost it. */
  readonly rows: number;
  /** A few of the values that are gone, for the message. */
  readonly examples: readonly (string | null)[];
}

const EXAMPLES = 3;

/** @throws what Postgres says when a value has no cast to the type asked for */
export async function readRows(
  query: Query,
  catalog: Catalog,
  { as = new Map() }: ReadRowsOptions = {},
): Promise<RowsSnapshot> {
  const tables = Object.entries(catalog.tables).map(([name, table]) => ({
    name,
    table,
    columns: columnNames(table),
  }));
  if (tables.length === 0) return {};
  // One question for all tables: on a small database the time is in the round trips.
  const rowsOfEach = tables.map(({ name, table, columns }) => {
    const values = columns.map((column) => {
      const type = as.get(`${name}.${column}`);
      return `${escapeIdentifier(column)}${type === undefined ? '' : `::${type}`}::text`;
    });
    return `(SELECT json_agg(ARRAY[${values.join(', ')}]::text[]) FROM ${quotedName(table)})`;
  });
  const [{ tables: answer }] = (await query<{ tables: Answer }>(
    `SELECT array_to_json(ARRAY[${rowsOfEach.join(', ')}]) AS tables`,
  )) as [{ tables: Answer }];
  return Object.fromEntries(
    tables.map(({ name, columns }, index) => [
      name,
      (answer[index] ?? []).map((values) =>
        Object.fromEntries(columns.map((column, place) => [column, values[place] ?? null])),
      ),
    ]),
  );
}

/** For each table its rows, for each row its values; null for a table without rows. */
type Answer = readonly (readonly (readonly (string | null)[])[] | null)[];

const columnNames = ({ columns }: Table) => columns.map(({ name }) => name);

/**
 * Compares what both have: tables and columns that only one of them knows are no part of it.
 * @param columns when given, the columns to compare, as `table.column`
 */
export function compareRows(
  before: RowsSnapshot,
  after: RowsSnapshot,
  columns?: ReadonlySet<string>,
): Loss[] {
  return Object.entries(before).flatMap(([table, rowsBefore]) => {
    const rowsAfter = after[table];
    const [first] = rowsBefore;
    if (first === undefined || rowsAfter === undefined) return [];
    const common = Object.keys(first).filter(
      (column) =>
        (rowsAfter[0] === undefined || column in rowsAfter[0]) &&
        (columns === undefined || columns.has(`${table}.${column}`)),
    );
    return lossesOf(table, common, rowsBefore, rowsAfter);
  });
}

/** `users.email: 2 rows lost their value, as 'ada@club.test', NULL`. */
export function describeLoss({ table, column, rows, examples }: Loss): string {
  const count = rows === 1 ? '1 row' : `${rows} rows`;
  if (column === null) return `${table}: ${count} with values that stood in different rows before`;
  const values = examples.map((value) => (value === null ? 'NULL' : `'${value}'`)).join(', ');
  return `${table}.${column}: ${count} lost ${rows === 1 ? 'its' : 'their'} value, as ${values}`;
}

function lossesOf(
  table: string,
  columns: readonly string[],
  before: readonly RowText[],
  after: readonly RowText[],
): Loss[] {
  const whole = (row: RowText) => JSON.stringify(columns.map((column) => row[column]));
  const lostRows = missing(before.map(whole), after.map(whole));
  if (lostRows.length === 0) return [];
  const losses = columns.flatMap((column): Loss[] => {
    const valueOf = (row: RowText) => row[column] ?? null;
    const lost = missing(before.map(valueOf), after.map(valueOf));
    if (lost.length === 0) return [];
    return [{ table, column, rows: lost.length, examples: [...new Set(lost)].slice(0, EXAMPLES) }];
  });
  return losses.length > 0 ? losses : [{ table, column: null, rows: lostRows.length, examples: [] }];
}

/** What of `before` is not in `after`, as often as it is not. */
function missing<T>(before: readonly T[], after: readonly T[]): T[] {
  const left = new Map<T, number>();
  for (const value of after) left.set(value, (left.get(value) ?? 0) + 1);
  return before.filter((value) => {
    const count = left.get(value) ?? 0;
    left.set(value, count - 1);
    return count <= 0;
  });
}
