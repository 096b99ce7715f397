/**
 * Pure: rows before `up`, after it and after `down` -> which values are gone, and whose fault that is. `up` may give values
 * up, as when it drops a column; no `down` can bring those back. What `up` kept, `down` must not lose.
 *
 * A value counts as kept by `up` when it is still in its column, or when all of its column is found in a column that `up`
 * added (a rename, a move to another table). What `up` made of values otherwise (joined, split, converted) counts as given
 * up, unless `down` brings it back. The same the other way round, for what was written after `up`.
 *
 * Of the two halves of an id conversion each says what the other says: one that is null beside one that is not is only to be filled, and one
 * that goes with `down` is in the id map.
 */
import type { Catalog } from '../catalog/catalog';
import type { Halves } from '../conversion/state/read-halves';
import { compareRows, describeLoss, type Loss, type RowsSnapshot } from '../scratch/rows-snapshot';

/** A database at one moment. */
export interface Rows {
  readonly catalog: Catalog;
  readonly rows: RowsSnapshot;
  readonly halves: Halves;
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
    if (isFill(loss, before.rows, before.halves)) continue;
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
  const where = whereItIs({ table, column }, before.rows, before.catalog, up);
  return where ? [true, where] : [false];
}

/** That halves have got the values that their other halves say. */
function isFill({ table, column, rows, examples }: Loss, before: RowsSnapshot, halves: Halves): boolean {
  const other = halves.get(`${table}.${column}`);
  if (column === null || other === undefined || examples.some((value) => value !== null)) return false;
  const unfilled = (before[table] ?? []).filter(
    (row) => row[column] === null && (row[other] ?? null) !== null,
  );
  return rows <= unfilled.length;
}

/**
 * Where all that a column holds is afterwards.
 * @param known what was there before the change
 * @returns `table.column` of one that the change has added
 */
function whereItIs(
  { table, column }: { readonly table: string; readonly column: string },
  rows: RowsSnapshot,
  known: Catalog,
  changed: Rows,
): string | undefined {
  const values = (rows[table] ?? []).map((row) => row[column] ?? null).filter((value) => value !== null);
  if (values.length === 0) return undefined;
  const before = columnsOf(known);
  return [...columnsOf(changed.catalog)].find(
    ([name, [newTable, newColumn]]) =>
      !before.has(name) &&
      isContained(
        values,
        (changed.rows[newTable] ?? []).map((row) => row[newColumn] ?? null),
      ),
  )?.[0];
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
  const later = Object.fromEntries(
    Object.entries(filled.rows).map(([table, rows]) => [table, subtract(rows, up.rows[table] ?? [])]),
  );
  const isKept = (table: string, column: string) =>
    whereItIs({ table, column }, later, up.catalog, down) !== undefined;

  const known = columnsOf(before.catalog);
  const added = [...columnsOf(up.catalog)].filter(([name]) => !known.has(name));
  const tables = new Set(added.map(([, [table]]) => table).filter((table) => !before.catalog.tables[table]));
  const columns = added.flatMap(([name, [table, column]]) =>
    tables.has(table) || up.halves.has(name) || isKept(table, column) ? [] : [name],
  );
  const belonging = belongingTo(insertedByUp(before, up, filled, down), up.catalog);
  const losses = compareRows(later, down.rows).filter(
    (loss) =>
      before.catalog.tables[loss.table] &&
      !(loss.column !== null && isKept(loss.table, loss.column)) &&
      !isFill(loss, later, up.halves),
  );
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
