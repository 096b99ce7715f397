/** Pure: `--rename`, `--rename-table`, `--allow-drop` and `--default` -> decisions about schemas that are known by then. */
import type { Catalog } from '../catalog/catalog';
import { MigratorError } from '../errors';
import type { ColumnRename, Decisions, TableRename } from './decisions';
import { columnOf } from './sql-text';

export interface DecisionOptions {
  /** `users.name:full_name`. */
  readonly rename: readonly string[];
  /** `users:members`. */
  readonly renameTable: readonly string[];
  /** `users.name`, `users`. */
  readonly allowDrop: readonly string[];
  /** `users.name='nobody'`. */
  readonly default: readonly string[];
}

/** @throws MigratorError BAD_OPTION */
export function parseDecisions(options: DecisionOptions, before: Catalog, entities: Catalog): Decisions {
  const tableRenames = options.renameTable.map(parseTableRename);
  return {
    tableRenames,
    renames: options.rename.map((text) => parseRename(text, before, tableRenames)),
    allowDrop: options.allowDrop,
    defaults: Object.fromEntries(options.default.map((text) => parseDefault(text, entities))),
  };
}

function parseTableRename(text: string): TableRename {
  const [, from, to] = /^(.+):(.+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return { from, to };
  throw badOption(
    `--rename-table ${text}`,
    'write the old and the new name, as in --rename-table users:members',
  );
}

/** The table may be named as it was or as it will be. */
function parseRename(text: string, before: Catalog, tableRenames: readonly TableRename[]): ColumnRename {
  const [, old = '', to = ''] = /^(.+):(.+)$/.exec(text) ?? [];
  const split = splits(old).map((parts) => ({
    ...parts,
    table: tableRenames.find((rename) => rename.to === parts.table)?.from ?? parts.table,
  }));
  // A point may stand in a name too: the schema knows best.
  const known = split.find(({ table, column }) => columnOf(before.tables[table], column)) ?? split.at(-1);
  if (known) return { table: known.table, from: known.column, to };
  const wish = 'write table, column and the new name of the column, as in --rename users.name:full_name';
  throw badOption(`--rename ${text}`, wish);
}

function parseDefault(text: string, entities: Catalog): [string, string] {
  const [, name = '', expression = ''] = /^([^=]+)=([^]+)$/.exec(text) ?? [];
  if (name === '') {
    throw badOption(
      `--default ${text}`,
      `write the column and an SQL expression, as in --default users.name="'nobody'"`,
    );
  }
  const known = splits(name).find(({ table, column }) => columnOf(entities.tables[table], column));
  if (known) return [name, expression];
  throw badOption(`--default ${text}`, `the entities have no column ${name}`);
}

/** Every way to read `a.b.c` as a table and a column. */
function splits(name: string): { table: string; column: string }[] {
  return [...name.matchAll(/\./g)].map(({ index }) => ({
    table: name.slice(0, index),
    column: name.slice(index + 1),
  }));
}

function badOption(option: string, problem: string): MigratorError {
  return new MigratorError('BAD_OPTION', `${option}: ${problem}.`);
}
