/**
 * Pure: a plan -> 64 hexadecimal digits, the same for two plans exactly when they run the same code in the same order. What
 * a machine or a moment adds (paths, drift) plays no part.
 */
import { createHash } from 'node:crypto';
import type { Plan } from '../model';

export function fingerprintOf({ direction, steps }: Plan): string {
  const what = steps.map(({ id, checksum, action, transaction, waitsFor }) => [
    id,
    checksum,
    action,
    transaction,
    waitsFor,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([direction, what]))
    .digest('hex');
}
