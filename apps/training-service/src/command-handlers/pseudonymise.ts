import { crossServiceReferences, type ErasedRows } from '@hockey-hub/shared-lib';
import type { EntityManager } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import { entities } from '../entities';
import { KnownUser } from '../entities/known-user';
import { USERS } from '../entities/platform-references';
import { NO_MORE_NEWS } from '../known/no-more-news';

const READ_MODEL = 'known_team_memberships';

/**
 * Makes every reference to a person one to a pseudonym: the same one everywhere, so that what belonged together still does, for
 * statistics, and a random one that is told nobody and stored nowhere beside the person's own id.
 *
 * Which columns refer to users is what the entities declare, so a new one is not forgotten. Nothing tells when it was done,
 * because whoever knows when somebody was erased could tell by that who it was: rows about a player lose when they last
 * changed, and the pseudonym's tombstone has no date.
 */
export async function pseudonymise(manager: EntityManager, userId: string): Promise<ErasedRows[]> {
  const pseudonym = uuidv4();
  const done: ErasedRows[] = [];
  for (const { table, column, property, targetService, targetTable } of crossServiceReferences(entities)) {
    if (targetService !== USERS.service || targetTable !== USERS.table) continue;
    const [, rows] = await manager.query<[unknown, number]>(
      `UPDATE "${table}" SET "${column}" = $1${alsoSet(table, property)} WHERE "${column}" = $2`,
      [pseudonym, userId],
    );
    done.push({ what: `${table}.${column}`, action: 'pseudonymised', rows });
  }
  if (done.some(({ rows }) => rows > 0)) await buryNobody(manager, pseudonym);
  return done;
}

function alsoSet(table: string, property: string): string {
  if (table === READ_MODEL) {
    return `, "updated_at" = "created_at", "deleted_at" = "created_at", "sequence" = ${NO_MORE_NEWS}`;
  }
  // Sessions, and what somebody wrote about others, belong to those others.
  return property === 'playerId' ? `, "updated_at" = "created_at"` : '';
}

/** Nothing dangles: what refers to nobody finds a tombstone. */
async function buryNobody(manager: EntityManager, id: string): Promise<void> {
  const never = new Date(0);
  await manager.insert(KnownUser, {
    ...{ id, sequence: NO_MORE_NEWS, firstName: null, lastName: null },
    ...{ deletedAt: never, createdAt: never, updatedAt: never },
  });
}
