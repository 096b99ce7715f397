/**
 * Checks what a request refers to in the user-service, without a call: against what events have told of it.
 *
 * The rows are locked (FOR SHARE), so that nothing is deleted while something that refers to it is written: the handler of
 * the deletion waits, and then its policy finds what was written. Known rows are locked before sessions, always, in
 * requests as in handlers, so that the two cannot wait for each other.
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS
 */
import {
  crossServiceReferences,
  type BaseEntity,
  type FieldFault,
  type KnownRow,
} from '@hockey-hub/shared-lib';
import type { EntityManager } from 'typeorm';
import { KnownOrganization } from '../entities/known-organization';
import { KnownTeam } from '../entities/known-team';
import { KnownUser } from '../entities/known-user';
import { NotKnownError } from './not-known-error';

interface Known {
  readonly entity: new () => KnownRow;
  /** As messages call one. */
  readonly noun: string;
}

/** By the user-service's table, in the order in which rows are locked. */
export const KNOWN: Readonly<Record<string, Known>> = {
  organizations: { entity: KnownOrganization, noun: 'organization' },
  teams: { entity: KnownTeam, noun: 'team' },
  users: { entity: KnownUser, noun: 'user' },
};

/**
 * Makes sure that everything in `values` that `entity` declares to be a `@CrossServiceReference` is known and not deleted,
 * and stays so until the transaction ends.
 *
 * @throws NotKnownError with every fault
 */
export async function holdReferences<Row extends BaseEntity>(
  manager: EntityManager,
  entity: new () => Row,
  values: { readonly [Property in keyof Row]?: unknown },
): Promise<void> {
  const faults: FieldFault[] = [];
  let mayArrive = true;
  for (const [table, known] of Object.entries(KNOWN)) {
    for (const { property, targetTable } of crossServiceReferences([entity])) {
      const id = values[property as keyof Row];
      if (targetTable !== table || typeof id !== 'string') continue;
      const row = await manager.findOne(known.entity, { where: { id }, lock: { mode: 'pessimistic_read' } });
      if (row && !row.deletedAt) continue;
      faults.push({ field: property, detail: row ? gone(known, id) : unknown(known, id) });
      if (row) mayArrive = false;
    }
  }
  if (faults.length > 0) throw new NotKnownError({ code: 'REFERENCE_NOT_FOUND', faults, mayArrive });
}

function unknown({ noun }: Known, id: string): string {
  return (
    `The ${noun} ${id} is not known here: it does not exist, or was created a moment ago and the news is still on its way. ` +
    'Then try again.'
  );
}

function gone({ noun }: Known, id: string): string {
  return `The ${noun} ${id} was deleted.`;
}
