/** Pure: for every column of a schema, which values may be drawn for it. */
import type { Catalog, Column } from '../catalog/catalog';
import { drawValue } from './draw-values';
import { foreignKeysOf } from './fill-order';
import { Random } from './random';
import { parseSqlType } from './sql-type';
import { narrow, type ValueSpace } from './value-space';

export interface NarrowingOptions {
  /** `table.column` -> the SQL type whose values to draw, because they will be read as that. */
  readonly drawAs?: ReadonlyMap<string, string>;
  /** Enums that `drawAs` speaks of, where they are not those of the catalog: the labels that will be left. */
  readonly enums?: Catalog['enums'];
}

/** By `table.column`; a column of a type that nothing is known about has none. */
export function columnSpaces(catalog: Catalog, options: NarrowingOptions = {}): Map<string, ValueSpace> {
  const spaces = new Map<string, ValueSpace>();
  for (const [name, table] of Object.entries(catalog.tables)) {
    for (const column of table.columns) {
      const space = spaceOf(catalog, `${name}.${column.name}`, column, options);
      if (space) spaces.set(`${name}.${column.name}`, space);
    }
  }
  const keys = Object.keys(catalog.tables).flatMap((table) =>
    foreignKeysOf(catalog, table).map((key) => ({ table, key })),
  );
  // A key is drawn so that what refers to it can hold it; twice, for a key that is itself a reference.
  for (const { table, key } of [...keys, ...keys]) {
    key.columns.forEach((column, position) => {
      const target = `${key.references?.table}.${key.references?.columns[position]}`;
      const [mine, theirs] = [spaces.get(`${table}.${column}`), spaces.get(target)];
      if (mine && theirs) spaces.set(target, narrow(theirs, mine));
    });
  }
  return spaces;
}

function spaceOf(
  catalog: Catalog,
  id: string,
  column: Column,
  { drawAs, enums = catalog.enums }: NarrowingOptions,
): ValueSpace | undefined {
  const own = spaceOfType(column.type, catalog.enums);
  if (!isDrawable(own)) return undefined;
  const wanted = drawAs?.get(id);
  const target = wanted === undefined ? undefined : spaceOfType(wanted, enums);
  return target && isDrawable(target) ? narrow(own, target) : own;
}

function spaceOfType(printed: string, enums: Catalog['enums']): ValueSpace {
  const type = parseSqlType(printed);
  const named = type.name.replace(/"((?:[^"]|"")*)"/g, (_, name: string) => name.replace(/""/g, '"'));
  return { type, labels: enums[named]?.labels ?? [] };
}

function isDrawable(space: ValueSpace): boolean {
  return drawValue({ ...space, type: { ...space.type, isArray: false } }, new Random(0)) !== null;
}
