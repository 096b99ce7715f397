/** Pure: which name of before is which name of after, by what Postgres knows them by. */
import type { Ids } from './identities';

export interface NameMatch {
  /** Of before -> of after, for all but the covered; what was removed keeps its name. */
  readonly names: ReadonlyMap<string, string>;
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Removed and made anew under the same name. */
  readonly replaced: readonly string[];
  /** Removed, and something that was there before has the name now. */
  readonly covered: readonly string[];
}

/** @param before those to match, in order; names without an id match by name */
export function matchNames(before: readonly string[], ids: Ids, idsAfter: Ids): NameMatch {
  const nameAfter = new Map(Object.entries(idsAfter).map(([name, id]) => [id, name]));
  const known = new Set(Object.values(ids));
  const names = new Map<string, string>();
  const renamed: { from: string; to: string }[] = [];
  const replaced: string[] = [];
  const covered: string[] = [];
  for (const name of before) {
    const id = ids[name];
    const now = id === undefined ? name : nameAfter.get(id);
    const idOfName = idsAfter[name];
    if (now !== undefined && now !== name) renamed.push({ from: name, to: now });
    if (now !== undefined) names.set(name, now);
    else if (idOfName === undefined) names.set(name, name);
    else if (known.has(idOfName)) covered.push(name);
    else {
      replaced.push(name);
      names.set(name, name);
    }
  }
  return { names, renamed, replaced, covered };
}

/** The things of before under their names of after; what is covered is left out. */
export function renameKeys<T>(
  things: Readonly<Record<string, T>>,
  { names }: NameMatch,
  align: (thing: T, from: string, to: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(things).flatMap(([from, thing]) => {
      const to = names.get(from);
      return to === undefined ? [] : [[to, align(thing, from, to)] as const];
    }),
  );
}
