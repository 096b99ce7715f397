/** What no comparison can know and a person decides: what was renamed, what may go, what old rows get. */
import type { Catalog } from '../catalog/catalog';

export interface ColumnRename {
  /** The table's `qualifiedName` before the change. */
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

export interface TableRename {
  readonly from: string;
  readonly to: string;
}

export interface Decisions {
  readonly renames: readonly ColumnRename[];
  readonly tableRenames: readonly TableRename[];
  /** Tables, `table.column`s, views and sequences, by their names before the change. */
  readonly allowDrop: readonly string[] | 'everything';
  /** `table.column`, by the name after the change -> the SQL expression that rows without a value get. */
  readonly defaults: Readonly<Record<string, string>>;
}

export const NO_DECISIONS: Decisions = { renames: [], tableRenames: [], allowDrop: [], defaults: {} };

/** The decisions of the way back. What was added on the way there goes again. */
export function reversed({ renames, tableRenames }: Decisions): Decisions {
  const newName = new Map(tableRenames.map(({ from, to }) => [from, to]));
  return {
    renames: renames.map(({ table, from, to }) => ({
      table: newName.get(table) ?? table,
      from: to,
      to: from,
    })),
    tableRenames: tableRenames.map(({ from, to }) => ({ from: to, to: from })),
    allowDrop: 'everything',
    defaults: {},
  };
}

/** `users.name` after the change -> before it, for every column that both have. */
export function keptColumns(
  from: Catalog,
  to: Catalog,
  { renames, tableRenames }: Pick<Decisions, 'renames' | 'tableRenames'>,
): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [before, table] of Object.entries(from.tables)) {
    const after = tableRenames.find((rename) => rename.from === before)?.to ?? before;
    for (const { name } of table.columns) {
      const rename = renames.find((other) => other.table === before && other.from === name);
      const newName = rename?.to ?? name;
      if (to.tables[after]?.columns.some((column) => column.name === newName)) {
        kept.set(`${after}.${newName}`, `${before}.${name}`);
      }
    }
  }
  return kept;
}
