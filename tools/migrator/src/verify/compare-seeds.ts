/**
 * Pure: are the rows that two roads seed the same? Most values must be equal. Some are made anew each time a migration runs
 * (ids, the moment of the insert) or count on from what ran before (numbers from sequences); they are compared by structure:
 *
 * - A column is *made anew* when the same road, gone twice, gives different values, or when a sequence feeds it. Of its
 *   values only counts whether they are null.
 * - A foreign key to such a column counts as what it points at: the row there, seen in the same way. So "the role coach has
 *   the permission to plan" is the same row on both roads, whatever the ids.
 *
 * Each row gets a print, from which the prints of the rows that point at it are made in turn; after as many rounds as
 * there are tables, and some for tables that point at themselves, equal databases have equal prints.
 */
import { createHash } from 'node:crypto';
import type { Catalog, Table } from '../catalog/catalog';
import type { RowsSnapshot, RowText } from '../scratch/rows-snapshot';
import type { Rows } from './judge-rows';
import { isNumbered } from './sequence-gaps';

const ROUNDS_FOR_SELF_REFERENCES = 8;
const EXAMPLES = 3;

/** @param again the end of the expected road once more @returns one line for each difference of `actual` */
export function compareSeeds(actual: Rows, expected: Rows, again: Rows): string[] {
  const anew = madeAnew(expected, again);
  const one = prints(actual.rows, expected.catalog, anew);
  const other = prints(expected.rows, expected.catalog, anew);
  return Object.keys(expected.catalog.tables).flatMap((table) => {
    if (actual.rows[table] === undefined) return [];
    return [
      ...describe(table, 'is not expected', subtract(one.get(table)!, other.get(table)!), anew),
      ...describe(table, 'is missing', subtract(other.get(table)!, one.get(table)!), anew),
    ];
  });
}

/** As `table.column`. */
function madeAnew(expected: Rows, again: Rows): Set<string> {
  const numbered = Object.entries(expected.catalog.tables).flatMap(([table, { columns }]) =>
    columns.filter(isNumbered).map(({ name }) => `${table}.${name}`),
  );
  return new Set([...numbered, ...varyingColumns(expected, again)]);
}

/** Those whose values differ between two goes of one road, as `table.column`. */
export function varyingColumns({ catalog, rows }: Rows, again: Rows): Set<string> {
  const valuesOf = (snapshot: RowsSnapshot, table: string, column: string) =>
    JSON.stringify((snapshot[table] ?? []).map((row) => row[column] ?? null).sort());
  return new Set(
    Object.entries(catalog.tables).flatMap(([table, { columns }]) =>
      columns
        .filter(({ name }) => valuesOf(rows, table, name) !== valuesOf(again.rows, table, name))
        .map(({ name }) => `${table}.${name}`),
    ),
  );
}

interface PrintedRow {
  readonly row: RowText;
  /** The rows that its foreign keys to values made anew point at, in the order of the keys. */
  pointsAt: readonly (PrintedRow | undefined)[];
  print: string;
}

type Printed = ReadonlyMap<string, readonly PrintedRow[]>;

function prints(rows: RowsSnapshot, catalog: Catalog, anew: ReadonlySet<string>): Printed {
  const tables = Object.entries(catalog.tables);
  const printed = new Map(
    tables.map(([name]) => [
      name,
      (rows[name] ?? []).map((row): PrintedRow => ({ row, pointsAt: [], print: '' })),
    ]),
  );
  const plans = new Map(tables.map(([name, table]) => [name, planOf(name, table, anew)]));
  for (const [name, { references }] of plans) point(printed.get(name)!, references, printed);
  for (let round = 0; round < tables.length + ROUNDS_FOR_SELF_REFERENCES; round++) {
    const next = [...plans].flatMap(([name, plan]) =>
      printed.get(name)!.map((entry) => [entry, printOf(entry, plan)] as const),
    );
    for (const [entry, print] of next) entry.print = print;
  }
  return printed;
}

interface Reference {
  readonly columns: readonly string[];
  readonly table: string;
  readonly target: readonly string[];
}

interface PrintPlan {
  readonly values: readonly string[];
  readonly anew: readonly string[];
  readonly references: readonly Reference[];
}

function planOf(name: string, { columns, constraints }: Table, anew: ReadonlySet<string>): PrintPlan {
  const references = Object.values(constraints).flatMap(({ columns: own, references: to }) =>
    to?.columns.some((column) => anew.has(`${to.table}.${column}`))
      ? [{ columns: own, table: to.table, target: to.columns }]
      : [],
  );
  const structural = new Set(references.flatMap(({ columns: own }) => own));
  const isAnew = (column: string) => structural.has(column) || anew.has(`${name}.${column}`);
  const names = columns.map((column) => column.name).sort();
  return { values: names.filter((column) => !isAnew(column)), anew: names.filter(isAnew), references };
}

function point(rows: readonly PrintedRow[], references: readonly Reference[], printed: Printed): void {
  const targets = references.map(
    ({ table, target }) => new Map(printed.get(table)!.map((entry) => [keyOf(entry.row, target), entry])),
  );
  for (const entry of rows) {
    entry.pointsAt = references.map(({ columns }, index) => targets[index]!.get(keyOf(entry.row, columns)));
  }
}

const keyOf = (row: RowText, columns: readonly string[]) =>
  JSON.stringify(columns.map((column) => row[column]));

function printOf({ row, pointsAt }: PrintedRow, { values, anew }: PrintPlan): string {
  const parts = [
    values.map((column) => row[column] ?? null),
    anew.map((column) => (row[column] ?? null) === null),
    pointsAt.map((target) => target?.print ?? null),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

function subtract(from: readonly PrintedRow[], what: readonly PrintedRow[]): PrintedRow[] {
  const left = new Map<string, number>();
  for (const { print } of what) left.set(print, (left.get(print) ?? 0) + 1);
  return from.filter(({ print }) => {
    const count = left.get(print) ?? 0;
    left.set(print, count - 1);
    return count <= 0;
  });
}

function describe(
  table: string,
  problem: string,
  rows: readonly PrintedRow[],
  anew: ReadonlySet<string>,
): string[] {
  const shown = rows.slice(0, EXAMPLES).map(({ row }) => {
    const telling = Object.entries(row).filter(([column]) => !anew.has(`${table}.${column}`));
    return `${table}: a row ${problem}: ${JSON.stringify(Object.fromEntries(telling))}`;
  });
  return rows.length > EXAMPLES ? [...shown, `${table}: and ${rows.length - EXAMPLES} more`] : shown;
}
