/**
 * The fills of a conversion and how far each is. A task is opened with its ranges once, whoever comes first, and stays
 * when it has ended: that is how a second run knows.
 */
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { Shape } from '../twins';

export type TaskKind = 'id-map' | 'twins';

/** What tells a fill from every other one of the conversion. */
export interface TaskKey {
  readonly conversion: string;
  readonly kind: TaskKind;
  /** As in the declaration; of a partitioned table each partition is a task. */
  readonly table: string;
  /** Those that are filled, by the names of the shape that the database has. */
  readonly columns: readonly string[];
  /** The half that they are filled from. */
  readonly source: Shape;
}

export interface Task extends TaskKey {
  readonly id: string;
  /** How often each range of blocks is walked. */
  readonly passes: number;
  readonly hasEnded: boolean;
}

/** How a task is cut up, when it is opened. */
export interface TaskParts {
  readonly estimatedRows: number;
  readonly passes: number;
  /** Of blocks, the last one not included; of an id map one range without. */
  readonly ranges: readonly { readonly fromBlock: number | null; readonly toBlock: number | null }[];
}

/** How far a task is: of all workers of all processes together, as of their last batch. */
export interface TaskProgress extends TaskKey {
  readonly doneRows: number;
  /** As Postgres estimated it when the task was opened. */
  readonly estimatedRows: number;
  /** Why its workers wait; null when they don't. */
  readonly throttled: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

const MATCHES = `"conversion" = $1 AND "kind" = $2 AND "table_name" = $3 AND "columns" = $4 AND "source" = $5`;

const keyOf = ({ conversion, kind, table, columns, source }: TaskKey) => [
  conversion,
  kind,
  table,
  columns,
  source,
];

/** The task as it is, or a new one with the parts that `cutUp` decides. */
export async function openTask(
  database: ConversionDatabase,
  key: TaskKey,
  cutUp: () => Promise<TaskParts>,
): Promise<Task> {
  return (await findTask(database.query, key)) ?? (await newTask(database, key, await cutUp()));
}

async function findTask(query: Query, key: TaskKey): Promise<Task | undefined> {
  const [row] = await query<Pick<Task, 'id' | 'passes' | 'hasEnded'>>(
    `SELECT "id", "passes", "ended_at" IS NOT NULL AS "hasEnded" FROM "id_conversion"."tasks" WHERE ${MATCHES}`,
    keyOf(key),
  );
  return row && { ...key, ...row };
}

async function newTask(database: ConversionDatabase, key: TaskKey, parts: TaskParts): Promise<Task> {
  await database.transaction(async (query) => {
    const [task] = await query<{ id: string }>(
      `INSERT INTO "id_conversion"."tasks"
              ("conversion", "kind", "table_name", "columns", "source", "estimated_rows", "passes")
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING "id"`,
      [...keyOf(key), Math.max(0, Math.round(parts.estimatedRows)), parts.passes],
    );
    // Another process was faster, and cut it up.
    if (task === undefined) return;
    await query(
      `INSERT INTO "id_conversion"."ranges" ("task_id", "position", "from_block", "to_block", "at")
       SELECT $1, "position", "from_block", "to_block", "from_block"
         FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS part ("from_block", "to_block", "position")`,
      [task.id, parts.ranges.map(({ fromBlock }) => fromBlock), parts.ranges.map(({ toBlock }) => toBlock)],
    );
  });
  const task = await findTask(database.query, key);
  if (task === undefined) throw new Error(`the task of ${key.table} was deleted while it was opened`);
  return task;
}

/** Records that nothing is left to do. */
export async function endTask(query: Query, id: string): Promise<void> {
  await query(
    `UPDATE "id_conversion"."tasks" SET "ended_at" = coalesce("ended_at", clock_timestamp()), "throttled" = NULL WHERE "id" = $1`,
    [id],
  );
}

/** For who looks on from another session; null when the workers go on. */
export async function setThrottled(query: Query, id: string, why: string | null): Promise<void> {
  await query(
    `UPDATE "id_conversion"."tasks" SET "throttled" = $2 WHERE "id" = $1 AND "throttled" IS DISTINCT FROM $2`,
    [id, why],
  );
}

/** For `down`: what was filled is taken away, and must be filled again. */
export async function forgetTasks(
  query: Query,
  conversion: string,
  which: { readonly kind: TaskKind; readonly source?: Shape; readonly table?: string },
): Promise<void> {
  await query(
    `DELETE FROM "id_conversion"."tasks"
      WHERE "conversion" = $1 AND "kind" = $2 AND ($3::text IS NULL OR "source" = $3) AND ($4::text IS NULL OR "table_name" = $4)`,
    [conversion, which.kind, which.source ?? null, which.table ?? null],
  );
}

/**
 * How far the tasks of a conversion are, in the order in which they were opened.
 * @param id only this one
 */
export async function readProgress(query: Query, conversion: string, id?: string): Promise<TaskProgress[]> {
  const rows = await query<
    TaskProgress & { readonly doneRows: string | number; readonly estimatedRows: string | number }
  >(
    `SELECT t."conversion", t."kind", t."table_name" AS "table", t."columns", t."source",
            coalesce(r."done", 0) AS "doneRows", t."estimated_rows" AS "estimatedRows", t."throttled",
            t."started_at" AS "startedAt", t."ended_at" AS "endedAt"
       FROM "id_conversion"."tasks" t
       LEFT JOIN (SELECT "task_id", sum("done_rows") AS "done" FROM "id_conversion"."ranges" GROUP BY 1) r ON r."task_id" = t."id"
      WHERE t."conversion" = $1 AND ($2::bigint IS NULL OR t."id" = $2)
      ORDER BY t."id"`,
    [conversion, id ?? null],
  );
  return rows.map((row) => ({
    ...row,
    doneRows: Number(row.doneRows),
    estimatedRows: Number(row.estimatedRows),
  }));
}
