/**
 * Pure: what migrations made that entities cannot ask for, or ask not to be touched: views that no entity declares, sequences
 * that no column owns, enums that no column has, and whatever says `synchronize: false`. Somebody wrote them by hand, so they
 * stay, and no comparison with the entities minds them.
 */
import type { Catalog } from './catalog';

/** @returns what the entities describe, and beside it what was made by hand and may not be dropped */
export function withHandMade(
  migrated: Catalog,
  entities: Catalog,
  allowDrop: readonly string[] = [],
): Catalog {
  const used = new Set(
    Object.values(migrated.tables).flatMap(({ columns }) => columns.map((column) => column.enum)),
  );
  const stays = <T>(things: Readonly<Record<string, T>>, isByHand: (thing: T, name: string) => boolean) =>
    Object.fromEntries(
      Object.entries(things).filter(([name, thing]) => isByHand(thing, name) && !allowDrop.includes(name)),
    );
  return {
    ...entities,
    views: { ...stays(migrated.views, () => true), ...entities.views },
    sequences: { ...stays(migrated.sequences, ({ ownedBy }) => ownedBy === null), ...entities.sequences },
    enums: { ...stays(migrated.enums, (_, name) => !used.has(name)), ...entities.enums },
  };
}

/** @returns the names of what was made by hand before a change, is not there after it, and was not allowed to go */
export function lostHandMade(before: Catalog, after: Catalog, allowDrop: readonly string[]): string[] {
  const nothing: Catalog = { tables: {}, views: {}, sequences: {}, enums: {} };
  const { views, sequences, enums } = withHandMade(before, nothing, allowDrop);
  return [
    ...Object.keys(views).filter((name) => !after.views[name]),
    ...Object.keys(sequences).filter((name) => !after.sequences[name]),
    ...Object.keys(enums).filter((name) => !after.enums[name]),
  ];
}

/** What entities name and leave to others, by `synchronize: false`. */
export interface Unsynchronized {
  /** By `qualifiedName`. */
  readonly tables: readonly string[];
  /** Plain names. */
  readonly indexes: readonly string[];
}

/** @returns what the entities describe, with what they leave to others as the migrations made it */
export function withUnsynchronized(
  migrated: Catalog,
  entities: Catalog,
  { tables, indexes }: Unsynchronized,
): Catalog {
  const left = Object.entries(migrated.tables).filter(([name]) => tables.includes(name));
  const enums = new Set(left.flatMap(([, { columns }]) => columns.map((column) => column.enum)));
  const declared = Object.entries(entities.tables).map(([name, table]) => {
    const made = Object.entries(migrated.tables[name]?.indexes ?? {});
    const kept = Object.fromEntries(made.filter(([index]) => indexes.includes(index)));
    return [name, { ...table, indexes: { ...kept, ...table.indexes } }] as const;
  });
  return {
    ...entities,
    tables: Object.fromEntries([...declared, ...left]),
    enums: {
      ...Object.fromEntries(Object.entries(migrated.enums).filter(([name]) => enums.has(name))),
      ...entities.enums,
    },
  };
}
