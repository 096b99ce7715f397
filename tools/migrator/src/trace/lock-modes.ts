/**
 * Pure: table-level lock modes and what they keep others from doing.
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */

/** What other sessions cannot do to the table while the lock is held. */
export type Blocks = 'reads and writes' | 'writes' | 'schema changes' | 'nothing';

/** From the weakest to the strongest, as pg_locks spells them. */
const MODES: readonly (readonly [mode: string, blocks: Blocks])[] = [
  ['AccessShareLock', 'nothing'],
  ['RowShareLock', 'nothing'],
  ['RowExclusiveLock', 'nothing'],
  ['ShareUpdateExclusiveLock', 'schema changes'],
  ['ShareLock', 'writes'],
  ['ShareRowExclusiveLock', 'writes'],
  ['ExclusiveLock', 'writes'],
  ['AccessExclusiveLock', 'reads and writes'],
];

const BLOCKS = new Map(MODES);
const STRENGTH = new Map(MODES.map(([mode], index) => [mode, index]));

/** @throws Error for a word that is no table-level lock mode */
export function blocksOf(mode: string): Blocks {
  const blocks = BLOCKS.get(mode);
  if (blocks === undefined) throw new Error(`${mode} is no lock mode of a table`);
  return blocks;
}

/** Stronger first. */
export function byStrength(a: { readonly mode: string }, b: { readonly mode: string }): number {
  return STRENGTH.get(b.mode)! - STRENGTH.get(a.mode)!;
}

/** Whether an application that reads and writes rows notices the lock. */
export function stallsClients({ blocks }: { readonly blocks: Blocks }): boolean {
  return blocks === 'reads and writes' || blocks === 'writes';
}

/** The strongest lock on each table, by the table's name, sorted: what a person wants to know of a longer list. */
export function strongestLocks<Lock extends { readonly table: string; readonly mode: string }>(
  locks: readonly Lock[],
): Lock[] {
  const strongest = new Map<string, Lock>();
  for (const lock of locks) {
    const other = strongest.get(lock.table);
    if (!other || byStrength(lock, other) < 0) strongest.set(lock.table, lock);
  }
  return [...strongest.values()].sort((a, b) => (a.table < b.table ? -1 : 1));
}
