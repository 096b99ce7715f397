/** Pure: a proven change -> the one or two migrations that are written. */
import type { NewMigration } from './migration-file';
import type { Proof } from './prove-change';

/** The name of what follows a migration outside its transaction. */
export const ONLINE_SUFFIX = 'Online';

/** In the order in which they are applied. */
export function newMigrations(
  { parts }: Pick<Proof, 'parts'>,
  name: string,
  timestamp: number,
): NewMigration[] {
  return parts.map(({ up, down, transaction }, index) => ({
    name: index === 0 ? name : `${name}${ONLINE_SUFFIX}`,
    timestamp: timestamp + index,
    up,
    down,
    transaction,
    comment: commentOn(transaction, parts.length > 1, name, timestamp),
  }));
}

function commentOn(
  transaction: boolean,
  isOneOfTwo: boolean,
  name: string,
  timestamp: number,
): string | undefined {
  if (transaction) {
    return isOneOfTwo
      ? `What is quick, in one transaction. ${name}${ONLINE_SUFFIX} follows: it reads or builds while the tables stay in use.`
      : undefined;
  }
  const why = 'outside a transaction, so that tables stay in use meanwhile; may be run again.';
  return isOneOfTwo ? `Follows ${name}${timestamp}: reads or builds ${why}` : `Reads or builds ${why}`;
}
