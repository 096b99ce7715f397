/** Pure: the way back from a step, as a dry run tells it. */

/** What reverting a migration would send, or why it cannot be reverted. */
export type Rollback = { readonly statements: readonly string[] } | { readonly none: string };

/** By step id. */
export type Rollbacks = ReadonlyMap<string, Rollback>;

export function describeRollback(rollback: Rollback | undefined): string {
  if (!rollback) return 'not known';
  if ('none' in rollback) return `NONE: ${rollback.none}`;
  const count = rollback.statements.length;
  return `migration-revert (${count} statement${count === 1 ? '' : 's'})`;
}
