/**
 * Who works where. A range belongs to the session in `taken_by` until that session is gone: there is no lease that could run
 * out under a slow worker, and none to wait for after a killed one.
 */
import type { Query } from '../../pg/query';
import type { OpenSession } from './fill-session';

/** When others have what is left, one of them may die. */
export const LOOK_AGAIN_MS = 50;

/** A range of a table that this session has taken, and how far it is. */
export interface TakenBlocks {
  readonly position: number;
  readonly fromBlock: number;
  /** Not included. */
  readonly toBlock: number;
  /** From 0 on. */
  readonly pass: number;
  /** The next block of this pass. */
  readonly at: number;
}

/** The one range of an id map, and how far it is. Numbers as text: they may be larger than JavaScript's. */
export interface TakenNumbers {
  /** The highest number that has its pair; null for none. */
  readonly at: string | null;
  /** The highest number whose pair others were told of; null for none. */
  readonly published: string | null;
}

/**
 * The first range that is not done and nobody's, or already this session's.
 * FOR UPDATE SKIP LOCKED: who comes at the same moment takes the next one.
 */
const TAKE = `
  UPDATE "id_conversion"."ranges" AS taken SET "taken_by" = $2
   WHERE taken."task_id" = $1 AND taken."position" = (
     SELECT r."position" FROM "id_conversion"."ranges" AS r
      WHERE r."task_id" = $1 AND NOT r."is_done"
        AND (r."taken_by" IS NULL OR r."taken_by" = $2 OR NOT EXISTS (
              SELECT FROM pg_catalog.pg_stat_activity AS a
               WHERE a.pid || ':' || extract(epoch FROM a.backend_start) = r."taken_by"))
      ORDER BY r."position" LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING`;

const BLOCKS = `"position", "from_block"::float8 AS "fromBlock", "to_block"::float8 AS "toBlock", "pass", "at"::float8 AS "at"`;
const NUMBERS = `"at"::text AS "at", "published"::text AS "published"`;

export async function takeBlocks(session: OpenSession, taskId: string): Promise<TakenBlocks | undefined> {
  const [range] = await session.query<TakenBlocks>(`${TAKE} ${BLOCKS}`, [taskId, session.identity]);
  return range;
}

export async function takeNumbers(session: OpenSession, taskId: string): Promise<TakenNumbers | undefined> {
  const [range] = await session.query<TakenNumbers>(`${TAKE} ${NUMBERS}`, [taskId, session.identity]);
  return range;
}

export async function allRangesDone(query: Query, taskId: string): Promise<boolean> {
  const [row] = await query<{ done: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM "id_conversion"."ranges" WHERE "task_id" = $1 AND NOT "is_done") AS "done"`,
    [taskId],
  );
  return row!.done;
}
