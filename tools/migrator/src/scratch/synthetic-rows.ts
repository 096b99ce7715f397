/**
 * Fills a scratch database with rows, so that what is proven there is proven on rows: every table gets some that keep its
 * keys, unique rules, checks and references. The same seed gives the same rows.
 *
 * Owns the order of the tables and how often it tries. It judges nothing itself: Postgres says which of the drawn rows
 * are allowed. Rows that are there stay, and a table that cannot be filled is told, never an error.
 */
import type { Catalog, Column, Constraint } from '../catalog/catalog';
import type { Query } from '../pg/query';
import { readHints } from './check-hints';
import { columnSpaces, type NarrowingOptions } from './column-spaces';
import type { Reference, TableDraw } from './draw-rows';
import { fillOrder, foreignKeysOf, nullableColumns } from './fill-order';
import { fillTable, type Nulls } from './fill-table';
import { linkDeferred } from './link-deferred';
import { Random } from './random';
import { readTargets } from './read-targets';
import type { ValueSpace } from './value-space';

export interface FillOptions extends NarrowingOptions {
  /** Default 5. */
  readonly rowsPerTable?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Whether what can be null sometimes is (the default), or only where nothing else is allowed. */
  readonly nulls?: Nulls;
}

export interface Filled {
  /** How many rows each table got, by `qualifiedName`. */
  readonly rows: Readonly<Record<string, number>>;
  /** Tables that got none, and why. */
  readonly empty: readonly { readonly table: string; readonly reason: string }[];
}

/** @param query of a session outside a transaction: rows that Postgres refuses are tried, and left */
export async function fillWithRows(
  query: Query,
  catalog: Catalog,
  options: FillOptions = {},
): Promise<Filled> {
  const { rowsPerTable = 5, seed = 1, nulls = 'some' } = options;
  const spaces = columnSpaces(catalog, options);
  const { tables, deferred } = fillOrder(catalog);
  const rows: Record<string, number> = {};
  const empty: { table: string; reason: string }[] = [];
  for (const [position, name] of tables.entries()) {
    const waits = new Set(deferred.filter(({ table }) => table === name).map(({ key }) => key));
    // A table's rows depend on its place and not on how many values were drawn for the tables before it.
    const draw = await drawOf(query, catalog, name, spaces, waits, seed + position);
    const { count, reason } = await fillTable(query, draw, rowsPerTable, nulls);
    rows[name] = count;
    if (count === 0 && rowsPerTable > 0) empty.push({ table: name, reason });
  }
  for (const key of deferred) await linkDeferred(query, catalog, key, nulls === 'none');
  return { rows, empty };
}

async function drawOf(
  query: Query,
  catalog: Catalog,
  name: string,
  allSpaces: ReadonlyMap<string, ValueSpace>,
  waits: ReadonlySet<Constraint>,
  seed: number,
): Promise<TableDraw> {
  const table = catalog.tables[name]!;
  const spaces = new Map<string, ValueSpace>();
  for (const { name: column } of table.columns) {
    const space = allSpaces.get(`${name}.${column}`);
    if (space) spaces.set(column, space);
  }
  const references: Reference[] = [];
  for (const key of foreignKeysOf(catalog, name)) {
    const targets = waits.has(key) ? [] : await readTargets(query, catalog, key);
    references.push({ key, targets, nullable: nullableColumns(catalog, name, key) });
  }
  const made = table.columns.filter((column) => isMade(column, spaces.has(column.name)));
  return {
    name,
    table,
    references,
    spaces,
    hints: readHints(table),
    made: new Set(made.map((column) => column.name)),
    random: new Random(seed),
  };
}

/** What the database gives a row by itself; of a type that nothing is known about, a default or null will do. */
function isMade({ identity, generated, default: expression, notNull }: Column, isKnown: boolean): boolean {
  if (identity !== null || generated !== null || expression?.startsWith('nextval(')) return true;
  return !isKnown && (expression !== null || !notNull);
}
