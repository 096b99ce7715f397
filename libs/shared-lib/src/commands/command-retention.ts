import type { EntityManager } from 'typeorm';

/** How long the answer to a command is kept, and so how long it may be sent again. */
export const COMMAND_MEMORY_MS = 30 * 24 * 60 * 60_000;

/** Rows deleted at once: few enough to hold no lock for long. */
const BATCH = 1_000;

/**
 * Forgets answers older than COMMAND_MEMORY_MS, a thousand at most. The same in every replica at once does no harm.
 * @returns how many were forgotten; call again until it is 0
 */
export async function forgetProcessedCommands(manager: EntityManager): Promise<number> {
  const [, count] = await manager.query<[unknown, number]>(
    `DELETE FROM "processed_commands" WHERE "key" IN (
       SELECT "key" FROM "processed_commands" WHERE "processed_at" < now() - $1 * interval '1 millisecond'
       ORDER BY "processed_at" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    [COMMAND_MEMORY_MS],
  );
  return count;
}
