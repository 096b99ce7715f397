/** Two models: what the entities were and what they become, with what a person would say about it. */
import fc from 'fast-check';
import type { Decisions } from '../decisions';
import { model as anyModel } from './draw-model';
import { applyEdit, edit } from './edits';
import { joinColumns, tableById, type Model } from './model';

export interface Pair {
  readonly from: Model;
  readonly to: Model;
  /** Whether the rows fit the types that their columns get. Some do not: those must be refused, not cut. */
  readonly rowsFit: boolean;
  readonly seed: number;
}

export const pair: fc.Arbitrary<Pair> = fc
  .record({
    from: anyModel,
    edits: fc.array(edit, { minLength: 1, maxLength: 6 }),
    rowsFit: fc.integer({ min: 1, max: 10 }).map((n) => n > 2),
    seed: fc.nat({ max: 1_000_000 }),
  })
  .map(({ from, edits, rowsFit, seed }) => ({ from, to: edits.reduce(applyEdit, from), rowsFit, seed }));

interface Named {
  readonly tables: ReadonlyMap<string, string>;
  /** Id of the column -> its table's id, and its name. */
  readonly columns: ReadonlyMap<string, { readonly table: string; readonly name: string }>;
}

/** Every table and column that a model has in the database, also those that relations make. */
function named(model: Model): Named {
  const tables = new Map<string, string>();
  const columns = new Map<string, { table: string; name: string }>();
  for (const table of model.tables) {
    tables.set(`t${table.id}`, table.name);
    for (const { id, name } of table.columns) columns.set(`c${id}`, { table: `t${table.id}`, name });
    for (const relation of table.relations) {
      for (const { key, name } of joinColumns(relation.name, tableById(model, relation.to)))
        columns.set(`r${relation.id} c${key.id}`, { table: `t${table.id}`, name });
    }
  }
  for (const { id, name, left, right } of model.joins) {
    tables.set(`j${id}`, name);
    for (const [side, target] of [
      ['left', left],
      ['right', right],
    ] as const) {
      for (const { key, name } of joinColumns(side, tableById(model, target)))
        columns.set(`j${id} ${side} c${key.id}`, { table: `j${id}`, name });
    }
  }
  return { tables, columns };
}

/** What the command line would be told: renames by their ids, and that what is gone may go. */
export function decisionsOf({ from, to }: Pick<Pair, 'from' | 'to'>): Decisions {
  const [before, after] = [named(from), named(to)];
  const kept = [...before.columns].flatMap(([id, column]) => {
    const now = after.columns.get(id);
    return now ? [{ table: before.tables.get(column.table)!, from: column.name, to: now.name }] : [];
  });
  const droppedTables = [...before.tables].filter(([id]) => !after.tables.has(id)).map(([, name]) => name);
  const droppedColumns = [...before.columns]
    .filter(([id, { table }]) => !after.columns.has(id) && after.tables.has(table))
    .map(([, { table, name }]) => `${before.tables.get(table)}.${name}`);
  return {
    renames: kept.filter((column) => column.from !== column.to),
    tableRenames: [...before.tables].flatMap(([id, name]) => {
      const now = after.tables.get(id);
      return now !== undefined && now !== name ? [{ from: name, to: now }] : [];
    }),
    allowDrop: [...droppedTables, ...droppedColumns],
    defaults: {},
  };
}

/** `table.column` before -> after, for every column that is the same one in both. */
export function sameColumns({ from, to }: Pick<Pair, 'from' | 'to'>): Map<string, string> {
  const [before, after] = [named(from), named(to)];
  const same = new Map<string, string>();
  for (const [id, { table, name }] of before.columns) {
    const now = after.columns.get(id);
    if (now) same.set(`${before.tables.get(table)}.${name}`, `${after.tables.get(now.table)}.${now.name}`);
  }
  return same;
}
