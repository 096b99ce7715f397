/** Pure: in which order tables can get rows, and which references must wait until all of them have some. */
import type { Catalog, Constraint } from '../catalog/catalog';

export interface FillOrder {
  /** `qualifiedName`s; a table comes after all that it refers to, but for its deferred references. */
  readonly tables: readonly string[];
  /** Foreign keys that close a circle, or refer to their own table: null at first. */
  readonly deferred: readonly DeferredKey[];
}

export interface DeferredKey {
  readonly table: string;
  readonly key: Constraint;
}

export function foreignKeysOf(catalog: Catalog, table: string): Constraint[] {
  return Object.values(catalog.tables[table]?.constraints ?? {}).filter(({ kind }) => kind === 'foreign key');
}

export function fillOrder(catalog: Catalog): FillOrder {
  const waiting = new Map<string, Constraint[]>();
  const deferred: DeferredKey[] = [];
  for (const table of Object.keys(catalog.tables)) {
    const keys = foreignKeysOf(catalog, table);
    const own = keys.filter(({ references }) => references?.table === table);
    deferred.push(...own.map((key) => ({ table, key })));
    waiting.set(
      table,
      keys.filter((key) => !own.includes(key)),
    );
  }
  const tables: string[] = [];
  while (waiting.size > 0) {
    const isFree = ([, keys]: [string, Constraint[]]) =>
      keys.every(({ references }) => !waiting.has(references?.table ?? ''));
    const free = [...waiting].filter(isFree).map(([table]) => table);
    for (const table of free) {
      waiting.delete(table);
      tables.push(table);
    }
    if (free.length === 0) deferred.push(...openCircle(catalog, waiting));
  }
  return { tables, deferred };
}

/** Defers what one table waits for: where it can be null, if there is such a table. */
function openCircle(catalog: Catalog, waiting: Map<string, Constraint[]>): DeferredKey[] {
  const blocking = ({ references }: Constraint) => waiting.has(references?.table ?? '');
  const canWait = ([table, keys]: [string, Constraint[]]) =>
    keys.filter(blocking).every((key) => nullableColumns(catalog, table, key).length > 0);
  const [table, keys] = [...waiting].find(canWait) ?? [...waiting][0]!;
  const now = keys.filter(blocking);
  waiting.set(
    table,
    keys.filter((key) => !now.includes(key)),
  );
  return now.map((key) => ({ table, key }));
}

/** Those of the key's columns that can be null: one null makes a reference refer to nothing. */
export function nullableColumns(catalog: Catalog, table: string, key: Constraint): string[] {
  const columns = catalog.tables[table]?.columns ?? [];
  return key.columns.filter((name) => columns.some((column) => column.name === name && !column.notNull));
}
