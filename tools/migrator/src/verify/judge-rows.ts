/**
 * Pure: rows before `up`, after it and after `down` -> which values are gone, and whose fault that is. `up` may give values
 * up, as when it drops a column; no `down` can bring those back. What `up` kept, `down` must not lose.
 *
 * A value counts as kept by `up` when it is still in its column, or when all of its column is found in a column that `up`
 * added (a rename, a move to another table). What `up` made of values otherwise (joined, split, converted) counts as given
 * up, unless `down` brings it back.
 */
import type { Catalog } from '../catalog/catalog';
import { compareRows, describeLoss, type Loss, type RowsSnapshot } from '../scratch/rows-snapshot';

/** A database at one moment. */
export interface Rows {
  readonly catalog: Catalog;
  readonly rows: RowsSnapshot;
}

export interface RowsJudgement {
  readonly givenUpByUp: readonly string[];
  readonly lostByDown: readonly string[];
}

/** On rows that were there before `up`. */
export function judgeRows(before: Rows, up: Rows, down: Rows): RowsJudgement {
  const byUp = compareRows(before.rows, up.rows);
  const givenUpByUp: string[] = [];
  const lostByDown: string[] = [];
  for (const loss of compareRows(before.rows, down.rows)) {
    const [kept, where] = whereUpKeptIt(loss, before, up, byUp);
    if (kept) lostByDown.push(`${describeLoss(loss)}${where ? `; up had kept it in ${where}` : ''}`);
    else givenUpByUp.push(describeLoss(loss));
  }
  return { givenUpByUp, lostByDown };
}

function whereUpKeptIt(
  { table, column }: Loss,
  before: Rows,
  up: Rows,
  byUp: readonly Loss[],
): [kept: boolean, where?: string] {
  const lostThere = byUp.some(
    (other) => other.table === table && (column === null || other.column === column),
  );
  if (column === null || columnsOf(up.catalog).has(`${table}.${column}`)) return [!lostThere];
  const values = (before.rows[table] ?? [])
    .map((row) => row[column] ?? null)
    .filter((value) => value !== null);
  const known = columnsOf(before.catalog);
  const where = [...columnsOf(up.catalog)].find(
    ([name, [newTable, newColumn]]) =>
      !known.has(name) &&
      values.length > 0 &&
      isContained(
        values,
        (up.rows[newTable] ?? []).map((row) => row[newColumn] ?? null),
      ),
  );
  return where ? [true, where[0]] : [false];
}

export interface LaterJudgement {
  /** Whole tables and columns that `up` added, and rows that belong to rows that `up` inserted. */
  readonly goesWithDown: readonly string[];
  readonly lostByDown: readonly string[];
}

/**
 * On rows that were written after `up`, as users would until somebody reverts.
 * @param filled the database after `up` with further rows in it
 */
export function judgeLaterRows(before: Rows, up: Rows, filled: Rows, down: Rows): LaterJudgement {
  const known = columnsOf(before.catalog);
  const added = [...columnsOf(up.catalog)].filter(([name]) => !known.has(name));
  const tables = new Set(added.map(([, [table]]) => table).filter((table) => !before.catalog.tables[table]));
  const columns = added.flatMap(([name, [table]]) => (tables.has(table) ? [] : [name]));

  const belonging = belongingTo(insertedByUp(before, up, filled, down), up.catalog);
  const later = Object.fromEntries(
    Object.entries(filled.rows).map(([table, rows]) => [table, subtract(rows, up.rows[table] ?? [])]),
  );
  const losses = compareRows(later, down.rows).filter(({ table }) => before.catalog.tables[table]);
  return {
    goesWithDown: [
      ...tables,
      ...columns,
      ...[...new Set(losses.map(({ table }) => table))]
        .filter((table) => belonging.has(table))
        .map((table) => `${table} (rows that refer to what up had inserted)`),
    ],
    lostByDown: losses.filter(({ table }) => !belonging.has(table)).map(describeLoss),
  };
}

/** Tables into which `up` put rows that `down` took away. */
function insertedByUp(before: Rows, up: Rows, filled: Rows, down: Rows): string[] {
  const count = ({ rows }: Rows, table: string) => rows[table]?.length ?? 0;
  return Object.keys(before.catalog.tables).filter(
    (table) => count(up, table) > count(before, table) && count(down, table) < count(filled, table),
  );
}

/** Tables with a foreign key to one of these, to the end of the chain. */
function belongingTo(tables: readonly string[], catalog: Catalog): Set<string> {
  const found = new Set<string>();
  const reached = [...tables];
  for (let next = reached.pop(); next !== undefined; next = reached.pop()) {
    for (const [name, { constraints }] of Object.entries(catalog.tables)) {
      if (found.has(name) || !Object.values(constraints).some(({ references }) => references?.table === next))
        continue;
      found.add(name);
      reached.push(name);
    }
  }
  return found;
}

/** `table.column` -> its two parts. */
function columnsOf(catalog: Catalog): Map<string, [table: string, column: string]> {
  return new Map(
    Object.entries(catalog.tables).flatMap(([table, { columns }]) =>
      columns.map(({ name }) => [`${table}.${name}`, [table, name]] as const),
    ),
  ) as Map<string, [string, string]>;
}

function isContained<T>(part: readonly T[], whole: readonly T[]): boolean {
  return subtract(part, whole).length === 0;
}

/** What is in the first more often than in the second. */
function subtract<T>(from: readonly T[], what: readonly T[]): T[] {
  const left = new Map<string, number>();
  for (const value of what) {
    const key = JSON.stringify(value);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return from.filter((value) => {
    const key = JSON.stringify(value);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}
