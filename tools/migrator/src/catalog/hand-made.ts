/**
 * Pure: what migrations made that entities cannot ask for: views that no entity declares, sequences that no column owns,
 * enums that no column has. Somebody wrote them by hand, so they stay, and no comparison with the entities minds them.
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
