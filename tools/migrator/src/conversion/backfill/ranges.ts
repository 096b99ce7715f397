/**
 * Who works where. A range belongs to the session in `taken_by` until that session is gone: there is no lease that could run
 * out under a slow worker, and none to wait for after a killed one.
 */
import type { Query } from '../../pg/query';
import type { OpenSession } from './fill-session';

/** A range that this session has taken, and how far it is. */
export interface TakenRange {
  readonly position: number;
  readonly fromBlock: number;
  /** Not included. */
  readonly toBlock: number;
  /** From 0 on. */
  readonly pass: number;
  /** The next block of this pass. */
  readonly at: number;
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
  RETURNING "position", "from_block"::float8 AS "fromBlock", "to_block"::float8 AS "toBlock", "pass", "at"::float8 AS "at"`;

export async function takeRange(session: OpenSession, taskId: string): Promise<TakenRange | undefined> {
  const [range] = await session.query<TakenRange>(TAKE, [taskId, session.identity]);
  return range;
}

export async function allRangesDone(query: Query, taskId: string): Promise<boolean> {
  const [row] = await query<{ done: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM "id_conversion"."ranges" WHERE "task_id" = $1 AND NOT "is_done") AS "done"`,
    [taskId],
  );
  return row!.done;
}
