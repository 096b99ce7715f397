/**
 * Pure: the ways from an empty database through a service's folder. Without squashes there is one; with them there are two
 * that must end in the same place:
 *
 *   long     A -> B -> C --------> D      what a database went that began before the squash: `ABC` is only recorded
 *   short    ABC ----------------> D      what a new database goes
 */
import type { Migration } from '../model';
import { isNamed } from './squashes';

export interface Roads {
  readonly long: readonly Migration[];
  /** The squashes that the long road leaves out, in order. */
  readonly squashes: readonly Squash[];
}

/** A squash all of whose replaced migrations are on disk, so that both roads can be gone. */
export interface Squash {
  readonly migration: Migration;
  /** What a database has before it on the long road, the replaced ones last run among them. */
  readonly instead: readonly Migration[];
  /** What a new database has before it. */
  readonly before: readonly Migration[];
}

/** @param folder all of a service's migrations, in order */
export function roadsOf(folder: readonly Migration[]): Roads {
  const avoidable = new Set(folder.filter((migration) => isWhole(migration, folder)));
  const replaced = new Set(
    folder
      .filter((migration) => !avoidable.has(migration))
      .flatMap((migration) => [...replacedBy(migration, folder)]),
  );
  // Where only some of the replaced files are left, nobody can go through them: the squash is the only road.
  const long = folder.filter((migration) => !avoidable.has(migration) && !replaced.has(migration));
  const squashes = [...avoidable].map((migration): Squash => {
    const instead = long.filter(({ timestamp }) => timestamp < migration.timestamp);
    const done = replacedBy(migration, folder);
    return { migration, instead, before: instead.filter((earlier) => !done.has(earlier)) };
  });
  return { long, squashes };
}

function isWhole({ replaces }: Migration, folder: readonly Migration[]): boolean {
  return (
    replaces.length > 0 && replaces.every((name) => folder.some((migration) => isNamed(migration, name)))
  );
}

/** All that it stands for, also through other squashes. */
function replacedBy(squash: Migration, folder: readonly Migration[]): Set<Migration> {
  const found = new Set<Migration>();
  const visit = ({ replaces }: Migration) => {
    for (const migration of folder) {
      if (migration === squash || found.has(migration)) continue;
      if (!replaces.some((name) => isNamed(migration, name))) continue;
      found.add(migration);
      visit(migration);
    }
  };
  visit(squash);
  return found;
}
